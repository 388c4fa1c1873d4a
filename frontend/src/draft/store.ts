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

export async function keep<T>(person: string, id: string, draft: Kept<T>) {
  await set(key(person, id), draft, store());
  localStorage.removeItem(hasty(key(person, id)));
}

const hasty = (key: string) => `draft/${key}`;

/** Keeps a draft of a page that is going this moment, and would not see the database answer. */
export function keepNow<T>(person: string, id: string, draft: Kept<T>) {
  try {
    localStorage.setItem(hasty(key(person, id)), JSON.stringify(draft));
  } catch {} // no room, or none allowed: the database was asked as well
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

/** Calls back when the page is about to go, or may be: the last that a browser tells of it. */
export function onLeaving(tell: () => void) {
  const hidden = () => document.visibilityState === "hidden" && tell();
  document.addEventListener("visibilitychange", hidden);
  addEventListener("pagehide", tell);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    removeEventListener("pagehide", tell);
  };
}
