import { useEffect, useRef, useState } from "react";
import { forget, keep, kept } from "../draft/store";
import { useSession } from "../shell/session";
import type { Unread } from "./budget";

/** What stands in cells and is no amount: kept with this person's drafts on this device, since the proposal keeps amounts alone. */
export function useUnread(id: string) {
  const person = useSession().data?.person.id ?? "";
  const [unread, set] = useState<Unread>({});
  const here = useRef(false);
  const name = `unread/${id}`;
  useEffect(() => {
    void kept<Unread>(person, name).then(
      (draft) => {
        here.current = true;
        if (draft) set((now) => ({ ...draft.value, ...now }));
      },
      () => {}, // a private window keeps nothing: the page still does
    );
  }, [person, name]);
  useEffect(() => {
    if (!here.current) return;
    const nothing = Object.keys(unread).length === 0;
    void (nothing ? forget(person, name) : keep(person, name, { value: unread, version: 0, at: Date.now() })).catch(() => {});
  }, [unread, person, name]);
  return [unread, set] as const;
}
