import { useCallback, useEffect, useRef, useState } from "react";
import { type Problem, Refused, Unreached } from "../api/problem";
import { keepNow, onLeaving } from "./leaving";
import { merge as narrowed } from "./merge";
import { forget, keep, kept } from "./store";

export type Versioned<T> = { value: T; version: number };

/** What became of the last change, and when; the line under the form says it. */
export type Saving =
  | { state: "unchanged" }
  | { state: "typing" }
  | { state: "kept"; at: Date } // on this device: the line is down
  | { state: "sent"; at: Date }
  | { state: "refused"; at: Date; problem: Problem } // on this device: the server will not have it so
  | { state: "unsafe" }; // nowhere: this browser keeps nothing and the line is down

export type Merge<T> = (base: T, mine: T, theirs: T) => T | null;
/** Where the line is down there is none: then a person chooses, and nothing is lost. */
const none = () => null;

export type DraftOptions<T> = {
  /** Of the thing being written: "proposals/…/summary". */
  id: string;
  person: string;
  /** What the server had when the page was opened. */
  server: Versioned<T>;
  /** Sends the whole with If-Match; throws Refused (412 on a lost race) or Unreached. */
  put: (value: T, version: number) => Promise<Versioned<T>>;
  /** Reads what the server has now. */
  read: () => Promise<Versioned<T>>;
  /** Brings what puts together what two wrote over one version: null where a person has to choose. Few ever need it. */
  merge?: () => Promise<Merge<T>>;
  quiet?: number;
};

/**
 * Keeps what is written: after 0.8 s of quiet on this device, then on the server. Offline it goes on and is sent
 * when the line is back. On a lost race nothing is overwritten: conflict holds both, and settle ends it.
 * Only for drafts: a position, a score's submission, a match or a transfer is never queued.
 */
export function useDraft<T extends object>({ id, person, server, put, read, merge, quiet = 800 }: DraftOptions<T>) {
  const [value, setValue] = useState(server.value);
  const [saving, setSaving] = useState<Saving>({ state: "unchanged" });
  const [conflict, setConflict] = useState<{ mine: T; theirs: Versioned<T> } | null>(null);
  const now = useRef({ value: server.value, version: server.version, base: server.value, changed: 0, sent: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const busy = useRef<Promise<void> | null>(null);
  const racing = useRef(false); // a conflict is open: nothing is sent until it is settled
  const acts = useRef({ put, read, merge });
  acts.current = { put, read, merge };

  const save = useCallback(async (): Promise<void> => {
    clearTimeout(timer.current);
    const { value, version, changed } = now.current;
    const here = () => keep(person, id, { value, version, base: now.current.base, at: Date.now() });
    if (busy.current) {
      // A line may be slow: what was written meanwhile is kept here at once, and sent when it is its turn.
      await here().catch(() => {});
      await busy.current;
      return now.current.changed > now.current.sent ? save() : undefined;
    }
    if (changed === now.current.sent) return;
    const work = async () => {
      let safe = true;
      // Nothing is said of what was written since: that has a save of its own coming.
      const say = (what: Saving) => now.current.changed === changed && setSaving(what);
      try {
        await here();
      } catch {
        safe = false; // a private window, or a full disk: the server is asked all the same
      }
      if (racing.current) return void say(safe ? { state: "kept", at: new Date() } : { state: "unsafe" });
      try {
        const got = await acts.current.put(value, version);
        now.current.version = got.version;
        now.current.base = value;
        now.current.sent = changed;
        // What is said to be sent is not kept here any more: whoever signs out upon it leaves nothing behind.
        if (now.current.changed === changed) await forget(person, id).catch(() => {});
        say({ state: "sent", at: new Date() });
      } catch (e) {
        if (e instanceof Refused && e.status === 412) {
          const theirs = await acts.current.read();
          const together: Merge<T> = (await acts.current.merge?.().catch(() => none)) ?? none;
          const both = together(now.current.base, now.current.value, theirs.value);
          if (both) {
            // Two wrote in different places: both stand, and it is sent again over what she has now.
            Object.assign(now.current, { value: both, version: theirs.version, base: theirs.value });
            now.current.changed++;
            setValue(both);
            timer.current = setTimeout(() => void save(), 0);
            return;
          }
          racing.current = true;
          // She chooses where both wrote; what one of them wrote alone stands on both sides.
          const sides = narrowed(now.current.base, now.current.value, theirs.value);
          setConflict({ mine: sides.mine, theirs: { value: sides.theirs, version: theirs.version } });
          setSaving({ state: "kept", at: new Date() });
        } else if (e instanceof Refused && e.status < 500) {
          now.current.sent = changed; // asking again would be refused again
          setSaving({ state: "refused", at: new Date(), problem: e.problem });
        } else if (e instanceof Refused || e instanceof Unreached) {
          say(safe ? { state: "kept", at: new Date() } : { state: "unsafe" });
        } else throw e;
      }
    };
    busy.current = work().finally(() => {
      busy.current = null;
    });
    return busy.current;
  }, [id, person]);

  const change = useCallback(
    (to: T | ((from: T) => T)) => {
      const next = typeof to === "function" ? (to as (from: T) => T)(now.current.value) : to;
      now.current.value = next;
      now.current.changed++;
      setValue(next);
      setSaving((s) => (s.state === "refused" ? s : { state: "typing" }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), quiet);
    },
    [save, quiet],
  );

  /** Ends a conflict with what the person chose; it is sent over the version she has seen. */
  const settle = useCallback(
    (chosen: T) => {
      if (!conflict) return;
      now.current.version = conflict.theirs.version;
      now.current.base = conflict.theirs.value;
      racing.current = false;
      setConflict(null);
      change(chosen);
      void save();
    },
    [conflict, change, save],
  );

  // What was left here the last time: taken up, or shown beside what the server has since.
  const opened = useRef(server);
  useEffect(() => {
    let gone = false;
    kept<T>(person, id).then(
      async (draft) => {
        if (gone || !draft) return;
        const together: Merge<T> =
          draft.version === opened.current.version && now.current.changed === 0
            ? none
            : ((await acts.current.merge?.().catch(() => none)) ?? none);
        if (gone) return;
        // Who was quicker than this device's memory has written into what the server had: both stand, or are shown.
        const { value: typed, changed } = now.current;
        const { value: from, version } = opened.current;
        const base = draft.version === version ? from : draft.base;
        const both = draft.version === version && changed === 0 ? draft.value : base && together(base, draft.value, typed);
        if (both) {
          change(both);
          void save();
        } else {
          racing.current = true;
          setConflict({ mine: draft.value, theirs: { value: typed, version } });
        }
      },
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [person, id, change, save]);

  // The line is back, or may be; a page about to go says what it has first.
  useEffect(() => {
    const again = () => void save();
    const stop = onLeaving(() => {
      const { value, version, base, changed, sent } = now.current;
      if (changed === sent) return;
      keepNow(person, id, { value, version, base, at: Date.now() });
      void save();
    });
    const every = setInterval(again, 30_000);
    addEventListener("online", again);
    return () => {
      clearInterval(every);
      clearTimeout(timer.current);
      removeEventListener("online", again);
      stop();
      void save();
    };
  }, [person, id, save]);

  return { value, change, saving, conflict, settle, save };
}
