import type { Query, QueryClient, QueryKey } from "@tanstack/react-query";
import { createStore, del, get, set } from "idb-keyval";
import { Unreached } from "../api/problem";
import type { Session } from "../shell/session";

/** What the pages with drafts read. Nothing that is decided, and no money, is shown from memory. */
const reads = new Set([
  "session",
  "tasks",
  "proposals",
  "proposal",
  "calls",
  "call",
  "form",
  "charter",
  "organisations",
  "assessments",
  "scores",
  "reports",
  "advice",
]);

/** As long as a session may last at the most; what was read longer ago is not shown. */
const keptFor = 12 * 3_600_000;
/** So many answers, the latest. */
const most = 80;

type Answer = { key: QueryKey; data: unknown; at: number };
type Shelf = { mark: string; answers: Record<string, Answer> };

let opened: ReturnType<typeof createStore> | undefined;
const store = () => {
  opened ??= createStore("fund-shelf", "shelf");
  return opened;
};

/** The session that this browser is in, by the cookie that is for reading; "" where there is none. */
const markNow = () => /(?:^|; )fund-mark=(\w+)/.exec(document.cookie)?.[1] ?? "";

/**
 * Keeps on this device what the pages with drafts have read, and gives it to them while the line is down: for the
 * very session that read it and under the same hat, and for nobody else. seen tells since when what is shown is old,
 * and null once the fund has answered again. It gives back what ends the keeping.
 */
export function shelve(queries: QueryClient, seen: (since: Date | null) => void): () => void {
  const cache = queries.getQueryCache();
  let mark = markNow();
  let who = "";
  let answers: Record<string, Answer> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  let down = false;

  const before = get<Shelf>("shelf", store()).then(
    (shelf) => {
      if (shelf && (shelf.mark === "" || shelf.mark !== mark)) return del("shelf", store()).then(() => undefined);
      return shelf;
    },
    () => undefined,
  );

  const write = () => {
    // Where another session began in another window, what was read in this one is not that one's.
    if (mark === "" || mark !== markNow()) return;
    const latest = Object.entries(answers).sort(([, a], [, b]) => b.at - a.at);
    answers = Object.fromEntries(latest.slice(0, most));
    set("shelf", { mark, answers } satisfies Shelf, store()).catch(() => {}); // a private window keeps nothing
  };

  const note = (query: Query) => {
    if (query.queryKey[0] === "session") {
      const session = query.state.data as Session;
      const now = `${session.person.id} ${session.hat?.membership}`;
      if (who !== "" && who !== now) answers = {};
      who = now;
      mark = markNow();
    }
    answers[query.queryHash] = { key: query.queryKey, data: query.state.data, at: query.state.dataUpdatedAt };
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  };

  const restore = async (query: Query) => {
    down = true;
    if (query.state.data !== undefined) {
      if (query.state.status === "error") query.setState({ status: "success", error: null });
      return seen(new Date(query.state.dataUpdatedAt));
    }
    const kept = (await before)?.answers[query.queryHash];
    if (!kept || Date.now() - kept.at > keptFor || query.state.data !== undefined) return;
    queries.setQueryData(query.queryKey, kept.data, { updatedAt: kept.at });
    seen(new Date(kept.at));
  };

  const look = (query: Query, action: string) => {
    if (!reads.has(String(query.queryKey[0]))) return;
    const error = query.state.error ?? query.state.fetchFailureReason;
    if (action === "success") note(query);
    else if (error instanceof Unreached) void restore(query);
  };

  // What was written before and is not read again in this visit stays, where it is the same person's under the same hat.
  void before.then((shelf) => {
    const session = shelf?.answers['["session"]']?.data as Session | undefined;
    const now = session && `${session.person.id} ${session.hat?.membership}`;
    if (shelf && now && (who === "" || who === now)) {
      who = now;
      answers = { ...shelf.answers, ...answers };
    }
  });
  for (const query of cache.getAll()) look(query, query.state.status);
  const forget = cache.subscribe((event) => {
    if (event.type !== "updated") return;
    const { action, query } = event;
    if (action.type === "success" && !action.manual && down) {
      down = false;
      seen(null);
      void queries.invalidateQueries({ predicate: (q) => q !== query && q.state.dataUpdatedAt < query.state.dataUpdatedAt });
    }
    if (action.type === "success" || action.type === "failed" || action.type === "error") look(query, action.type);
  });
  // A line that is back may say so; a server that was away does not.
  const again = () => {
    if (down) void queries.invalidateQueries({ queryKey: ["session"] });
  };
  const every = setInterval(again, 20_000);
  addEventListener("online", again);
  return () => {
    forget();
    clearInterval(every);
    clearTimeout(timer);
    removeEventListener("online", again);
  };
}
