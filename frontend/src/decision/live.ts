import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** So often a meeting is looked at again where its events do not come. */
export const seldom = 20_000;

/**
 * A meeting under way as it moves, by server-sent events: each has the meeting and its items read again. A page that
 * nobody looks at holds no line: browsers have few to one server. Says whether events come.
 */
export function useLive(id: string, on: boolean): boolean {
  const queries = useQueryClient();
  const [heard, hear] = useState(false);
  useEffect(() => {
    if (!on || typeof EventSource === "undefined") return;
    let source: EventSource | undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(later);
      source?.close();
      source = undefined;
    };
    const start = () => {
      stop();
      if (document.hidden) return;
      source = new EventSource(`/api/v1/meetings/${id}/live`);
      source.addEventListener("meeting", () => {
        hear(true);
        for (const queryKey of [["meeting", id], ["question"]]) void queries.invalidateQueries({ queryKey });
      });
      source.onerror = () => {
        if (source?.readyState !== EventSource.CLOSED) return; // the browser asks again by itself
        hear(false);
        later = setTimeout(start, seldom);
      };
    };
    start();
    document.addEventListener("visibilitychange", start);
    return () => {
      document.removeEventListener("visibilitychange", start);
      stop();
    };
  }, [id, on, queries]);
  return heard;
}
