import { client } from "../api/client";
import { type Problem, Refused, Unreached } from "../api/problem";
import type { components } from "../api/schema";
import { activeLanguage } from "../words/i18n";

export type Attachment = components["schemas"]["Attachment"];
export type Attachments = components["schemas"]["Attachments"];
/** What a file is attached to. */
export type Subject = { kind: string; subject: string };

const digest = async (bytes: BufferSource) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** The SHA-256 of a file in hexadecimal digits. Throws where the file cannot be read any more. */
export const hashOf = async (file: Blob) =>
  [...(await digest(await file.arrayBuffer()))].map((b) => b.toString(16).padStart(2, "0")).join("");

/** A name without the marks that nobody sees: the fund takes none, and systems put them into names of files. */
export const plainName = (name: string) => name.replace(/[\p{Cc}\p{Cf}]/gu, "") || "file";

/** Waits 1, 2, 4 … 30 seconds; a line that is back ends the wait, and so does stopping. */
const wait = (tries: number, signal: AbortSignal) =>
  new Promise<void>((go) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      go();
    };
    const timer = setTimeout(end, Math.min(30_000, 1000 * 2 ** tries));
    addEventListener("online", end);
    signal.addEventListener("abort", end);
  });

/** What another try may mend: no answer, a server that is full or asks for patience. */
const passing = (error: unknown) => error instanceof Unreached || (error instanceof Refused && [429, 502, 503, 504].includes(error.status));

/** Does a thing that may be done twice until it is answered; cut tells that the line is waited for. */
async function persisting<T>(todo: () => Promise<T>, cut: (is: boolean) => void, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      const done = await todo();
      if (tries > 0) cut(false);
      return done;
    } catch (error) {
      signal.throwIfAborted();
      if (!passing(error)) throw error;
      cut(true);
      await wait(tries, signal);
    }
  }
}

/** A part of half a megabyte that has no answer after so long is sent again: the line is gone, or too slow for it. */
const patience = 180_000;

async function put(a: Attachment, part: ArrayBuffer, signal: AbortSignal): Promise<Attachment> {
  const headers = {
    "Content-Type": "application/octet-stream",
    "Content-Digest": `sha-256=:${btoa(String.fromCharCode(...(await digest(part))))}:`,
    "Accept-Language": activeLanguage(),
  };
  const ends = new AbortController();
  const end = () => ends.abort();
  const timer = setTimeout(end, patience);
  signal.addEventListener("abort", end);
  try {
    const answer = await fetch(`/api/v1/attachments/${a.id}/parts/${a.next}`, { method: "PUT", headers, body: part, signal: ends.signal });
    if (answer.ok) return (await answer.json()) as Attachment;
    if (answer.status === 401) return await stateOf(a.id); // the client asks to sign in again, and the part follows
    throw new Refused(
      await (answer.json() as Promise<Problem>).catch(
        () => ({ type: "", code: "fault", title: answer.statusText, status: answer.status }) as Problem,
      ),
    );
  } catch (cause) {
    throw cause instanceof Refused ? cause : new Unreached(cause);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
  }
}

const stateOf = async (id: string) => (await client.GET("/attachments/{id}", { params: { path: { id } } })).data as Attachment;

export type Progress = {
  /** Its name stands with the fund, so that a submission names it: the bytes may follow. */
  named: (a: Attachment) => void;
  sent: (bytes: number) => void;
  cut: (is: boolean) => void;
};

// One file after the other: over a thin line the first is whole soonest.
let turn: Promise<unknown> = Promise.resolve();
function inTurn<T>(todo: () => Promise<T>): Promise<T> {
  const mine = turn.then(todo);
  turn = mine.catch(() => {});
  return mine;
}

/**
 * Attaches a file: it is named by its hash at once, and the parts that are not there yet are sent in its turn, so that a file
 * chosen again goes on where it stopped. known are those that stand: after a submission nothing is added, but what is
 * named may still arrive. A line that breaks is waited for; what is refused is thrown as Refused.
 */
export async function attach(
  to: Subject,
  partBytes: number,
  known: Attachment[],
  file: File,
  { named, sent, cut }: Progress,
  signal: AbortSignal,
): Promise<Attachment> {
  const sha256 = await hashOf(file);
  const stands = known.find((x) => x.sha256 === sha256 && x.size === file.size && x.may.includes("attachment.send"));
  const body = { ...to, name: plainName(file.name), size: file.size, sha256 };
  let a = await persisting(
    async () => (stands ? await stateOf(stands.id) : ((await client.POST("/attachments", { body })).data as Attachment)),
    cut,
    signal,
  );
  named(a);
  sent(a.received);
  return inTurn(async () => {
    cut(false);
    while (a.next !== null) {
      const part = await file.slice(a.next, a.next + partBytes).arrayBuffer();
      a = await persisting(() => put(a, part, signal), cut, signal);
      sent(a.received);
    }
    return await persisting(
      async () => (await client.POST("/attachments/{id}/arrival", { params: { path: { id: a.id } } })).data as Attachment,
      cut,
      signal,
    );
  });
}
