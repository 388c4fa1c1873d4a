// What is kept of a page that goes before its memory was even brought: small, and always there.

/** What a person wrote and the server does not have yet. */
export type Kept<T> = {
  value: T;
  /** The version that it builds on, and what that said. */
  version: number;
  base?: T;
  /** When it was kept, in milliseconds. */
  at: number;
};

/** A draft is one person's: the next to sign in on this machine does not see it. */
export const key = (person: string, id: string) => `${person}/${id}`;

export const hasty = (key: string) => `draft/${key}`;

/** Keeps a draft of a page that is going this moment, and would not see the database answer. */
export function keepNow<T>(person: string, id: string, draft: Kept<T>) {
  try {
    localStorage.setItem(hasty(key(person, id)), JSON.stringify(draft));
  } catch {} // no room, or none allowed: the database was asked as well
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
