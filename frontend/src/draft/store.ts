import { createStore, del, get, keys, set } from "idb-keyval";

/** What a person wrote and the server does not have yet. */
export type Kept<T> = {
  value: T;
  /** The version that it builds on, and what that said. */
  version: number;
  base?: T;
  /** When it was kept, in milliseconds. */
  at: number;
};

// Opened on first use: a page that keeps no draft opens no database.
let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore("fund", "drafts");
  return opened;
};

/** A draft is one person's: the next to sign in on this machine does not see it. */
const key = (person: string, id: string) => `${person}/${id}`;

export const keep = <T>(person: string, id: string, draft: Kept<T>) => set(key(person, id), draft, store());
export const kept = <T>(person: string, id: string) => get<Kept<T>>(key(person, id), store());
export const forget = (person: string, id: string) => del(key(person, id), store());

/** The drafts of a person that have not reached the server. */
export async function unsent(person: string): Promise<string[]> {
  return (await keys<string>(store())).filter((k) => k.startsWith(`${person}/`)).map((k) => k.slice(person.length + 1));
}
