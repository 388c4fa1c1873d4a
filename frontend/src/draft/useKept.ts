import { useEffect, useRef, useState } from "react";
import { keepNow, onLeaving } from "./leaving";
import type { Saving } from "./useDraft";

// Beside the page, not before it: a form can be written in while its memory is on the way.
const store = () => import("./store");

/**
 * What is written and belongs to nobody else until it is sent: kept on this device within a second, and nowhere
 * else. done forgets it.
 */
export function useKept<T>(person: string, id: string, start: T, quiet = 600) {
  const [value, setValue] = useState(start);
  const [saving, setSaving] = useState<Saving>({ state: "unchanged" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<T | undefined>(undefined);
  const touched = useRef(false);
  const write = useRef(async () => {});
  write.current = async () => {
    const now = pending.current;
    if (now === undefined) return;
    pending.current = undefined;
    clearTimeout(timer.current);
    try {
      await (await store()).keep(person, id, { value: now, version: 0, at: Date.now() });
      setSaving({ state: "kept", at: new Date() });
    } catch {
      setSaving({ state: "unsafe" });
    }
  };
  useEffect(() => {
    let gone = false;
    // The page may go before its memory has come.
    const stop = onLeaving(() => {
      if (pending.current === undefined) return;
      keepNow(person, id, { value: pending.current, version: 0, at: Date.now() });
      void write.current();
    });
    store()
      .then((s) => (gone ? undefined : s.kept<T>(person, id)))
      .then(
        (draft) => {
          if (draft && !gone && !touched.current) {
            setValue(draft.value);
            setSaving({ state: "kept", at: new Date(draft.at) });
          }
        },
        () => {},
      );
    return () => {
      gone = true;
      stop();
      void write.current();
    };
  }, [person, id]);
  return {
    value,
    saving,
    change: (next: T) => {
      touched.current = true;
      pending.current = next;
      setValue(next);
      setSaving({ state: "typing" });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void write.current(), quiet);
    },
    done: async (then?: T) => {
      touched.current = true;
      pending.current = undefined;
      clearTimeout(timer.current);
      if (then !== undefined) setValue(then);
      setSaving({ state: "unchanged" });
      await store()
        .then((s) => s.forget(person, id))
        .catch(() => {});
    },
  };
}
