import { useSyncExternalStore } from "react";
import { faultsOf, Refused, sentence } from "../api/problem";
import { size } from "../ui/FileUpload/size";
import { say } from "../words/i18n";
import { type Attachment, type Attachments, attach, type Subject } from "./attach";

/** A file on its way; it goes on while its writer reads other pages. */
export type Sending = Subject & {
  file: File;
  /** The attachment it is the bytes of, once the fund knows its name. */
  attachment?: string;
  /** Bytes that are there. */
  sent: number;
  state: "waiting" | "sending" | "cut" | "stopped" | "failed";
  /** Why it failed, as it can be shown. */
  fault?: string;
};

let all: readonly Sending[] = [];
const stops = new Map<File, AbortController>();
const listeners = new Set<() => void>();

/** Closing the window would stop what is under way. */
const warn = (e: BeforeUnloadEvent) => e.preventDefault();

function become(next: readonly Sending[]) {
  all = next;
  const under = all.some((s) => ["waiting", "sending", "cut"].includes(s.state));
  (under ? addEventListener : removeEventListener)("beforeunload", warn as EventListener);
  for (const tell of listeners) tell();
}
const change = (file: File, to: Partial<Sending>) => become(all.map((s) => (s.file === file ? { ...s, ...to } : s)));
const listen = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

/** The files on their way to something, in the order in which they were chosen. */
export function useSending({ kind, subject }: Subject): Sending[] {
  return useSyncExternalStore(listen, () => all).filter((s) => s.kind === kind && s.subject === subject);
}

const why = ({ problem }: Refused) => faultsOf(problem).map(sentence).join(" ");

/** Takes a file off the list here; what has arrived of it stays with the fund. */
export const forget = (file: File) => become(all.filter((s) => s.file !== file));

/** Stops one; it goes on from there when it is started again. */
export const stop = (file: File) => stops.get(file)?.abort();

/** Sends one, or goes on with it. changed runs whenever the list of attachments is another; arrived when it is whole. */
export async function send(
  to: Subject,
  list: Attachments,
  file: File,
  changed: () => Promise<unknown>,
  arrived: (a: Attachment) => void,
): Promise<void> {
  const control = new AbortController();
  stops.set(file, control);
  const before = all.find((s) => s.file === file);
  const entry: Sending = { ...to, file, attachment: before?.attachment, sent: before?.sent ?? 0, state: "waiting" };
  const twin = (s: Sending) => s.file.name === file.name && s.kind === to.kind && s.subject === to.subject && !stops.has(s.file);
  become(before ? all.map((s) => (s.file === file ? entry : s)) : [...all.filter((s) => !twin(s)), entry]);
  const { bytes: most } = list.limits;
  if (file.size > most) {
    stops.delete(file);
    return change(file, { state: "failed", fault: say("upload.too-large", { size: size(file.size), largest: size(most) }) });
  }
  const named = (a: Attachment) => {
    change(file, { attachment: a.id, state: "waiting" });
    void changed();
  };
  const sent = (bytes: number) => change(file, { sent: bytes });
  const cut = (is: boolean) => change(file, { state: is ? "cut" : "sending" });
  try {
    const a = await attach(to, list.limits.part_bytes, list.items, file, { named, sent, cut }, control.signal);
    await changed().catch(() => {});
    forget(file);
    arrived(a);
  } catch (error) {
    await changed().catch(() => {});
    if (control.signal.aborted) change(file, { state: "stopped" });
    else
      change(file, { state: "failed", fault: error instanceof Refused ? why(error) : say("attachment.unreadable", { name: file.name }) });
  } finally {
    stops.delete(file);
  }
}
