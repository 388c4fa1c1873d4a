import { createStore, del, get, keys, set } from "idb-keyval";
import { hasty, type Kept, key } from "./leaving";

// Opened on first use: a page that keeps no draft opens no database.
let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore("fund", "drafts");
  return opened;
};

export async function keep<T>(person: string, id: string, draft: Kept<T>) {
  await set(key(person, id), draft, store());
  localStorage.removeItem(hasty(key(person, id)));
}

export async function kept<T>(person: string, id: string): Promise<Kept<T> | undefined> {
  const late = localStorage.getItem(hasty(key(person, id)));
  return late === null ? get<Kept<T>>(key(person, id), store()) : JSON.parse(late);
}

export async function forget(person: string, id: string) {
  localStorage.removeItem(hasty(key(person, id)));
  await del(key(person, id), store());
}

/** The drafts of a person that have not reached the server. */
export async function unsent(person: string): Promise<string[]> {
  const late = Object.keys(localStorage).flatMap((k) => (k.startsWith("draft/") ? [k.slice("draft/".length)] : []));
  const all = new Set([...(await keys<string>(store())), ...late]);
  return [...all].filter((k) => k.startsWith(`${person}/`)).map((k) => k.slice(person.length + 1));
}
