import { useRef } from "react";
import { useSession } from "../shell/session";
import { useKept } from "./useKept";

/**
 * The state of a short form, kept on this device as it is typed: a reload, a closed window or an hour away loses
 * nothing. id says what is written and about which thing, and the value is one that JSON can hold. sent forgets it;
 * so does typing it back to what it was at the start. It is sent only by the form's own act, never later by itself.
 */
export function useTyped<T>(id: string, start: T): [value: T, change: (to: T | ((now: T) => T)) => void, sent: () => Promise<void>] {
  const person = useSession().data?.person.id ?? "";
  const first = useRef(start);
  const kept = useKept(person, `typed/${id}`, start);
  const now = useRef(kept.value);
  now.current = kept.value;
  const change = (to: T | ((now: T) => T)) => {
    const next = typeof to === "function" ? (to as (now: T) => T)(now.current) : to;
    now.current = next;
    if (JSON.stringify(next) === JSON.stringify(first.current)) void kept.done(next);
    else kept.change(next);
  };
  return [kept.value, change, () => kept.done(first.current)];
}

/** The same for a form of several fields: it is changed by parts, and is one draft. */
export function useTypedForm<T extends object>(
  id: string,
  start: T,
): [value: T, set: (part: Partial<T>) => void, sent: () => Promise<void>] {
  const [value, change, sent] = useTyped(id, start);
  return [value, (part) => change((now) => ({ ...now, ...part })), sent];
}
