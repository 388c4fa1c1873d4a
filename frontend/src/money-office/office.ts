import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { newKey } from "../api/client";
import { type Problem, Refused, Unreached } from "../api/problem";
import { loose, useRead } from "../api/read";
import type { components } from "../api/schema";
import { fund } from "../shell/fund";
import { useSession } from "../shell/session";
import { dayIn } from "../time/dates";
import { useWords } from "../words/i18n";

export { read, useRead } from "../api/read";
export type Schemas = components["schemas"];
export type Money = Schemas["Money"];

export type Part<T> = { items: T[]; next: string | undefined };

/** One page of a list, and the `after` of the page that follows. */
export async function part<T>(path: string, query: Record<string, unknown> = {}): Promise<Part<T>> {
  const { data, response } = await loose.GET(path, { params: { query } });
  const next = /<[^>]*\?([^>]*)>; rel="next"/.exec(response.headers.get("Link") ?? "")?.[1];
  return { items: data as T[], next: next === undefined ? undefined : (new URLSearchParams(next).get("after") ?? undefined) };
}

/** A list to its end, for lists that a fund has few of; at most `most` pages of 200. */
export async function whole<T>(path: string, query: Record<string, unknown> = {}, most = 20): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (let n = 0; n < most; n++) {
    const page: Part<T> = await part<T>(path, { ...query, limit: 200, after });
    all.push(...page.items);
    after = page.next;
    if (after === undefined) break;
  }
  return all;
}

export const useWhole = <T>(path: string, query: Record<string, unknown> = {}) =>
  useQuery({ queryKey: ["whole", path, query], queryFn: () => whole<T>(path, query) });

/** Whether the hat that is worn may do an act that begins a thing: where there is no thing yet to carry `may`. */
export function useMay(act: string): boolean {
  const { data: session } = useSession();
  const { data: table } = useRead<{ role: string; act: string }[]>("/policy");
  const role = session?.hat?.role;
  return role !== undefined && (table ?? []).some((line) => line.act === act && line.role === role);
}

/**
 * One act at a time. What is refused is kept for the page to show; asked again with nothing changed it goes under
 * the same key, so that it is done once even where an answer was lost. It is never queued.
 */
export function useAct() {
  const { t } = useWords();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const key = useRef({ of: "", key: "" });
  const run = useCallback(
    async <T>(path: string, body?: unknown, more: { method?: "POST" | "PUT"; version?: number } = {}): Promise<T | undefined> => {
      const of = JSON.stringify([path, body]);
      if (key.current.of !== of) key.current = { of, key: newKey() };
      setBusy(true);
      setProblem(null);
      try {
        const headers: Record<string, string> = { "Idempotency-Key": key.current.key };
        if (more.version !== undefined) headers["If-Match"] = `"${more.version}"`;
        const { data } = await loose[more.method ?? "POST"](path, { body, headers });
        key.current = { of: "", key: "" };
        await queries.invalidateQueries();
        return (data ?? {}) as T;
      } catch (e) {
        if (e instanceof Refused) setProblem(e.problem);
        else if (e instanceof Unreached) setProblem({ type: "about:blank", code: "unreached", title: t("error.unreached"), status: 0 });
        else throw e;
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [queries, t],
  );
  return { run, busy, problem, setProblem };
}

/** Today where the fund keeps its days: where the reader is, it may be tomorrow by now. */
export const today = () => dayIn(new Date(), fund.zone);
