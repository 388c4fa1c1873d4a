import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/client";

/** The acts that wait on somebody; each has its sentence in words/…/common.po (waiting.…). */
export const kinds = [
  "proposal.finish",
  "proposal.endorse",
  "proposal.screen",
  "proposal.score",
  "decision.position",
  "decision.announce",
  "transfer.request",
  "transfer.sign",
  "transfer.prepare",
  "transfer.release",
  "statement.import",
  "line.match",
] as const;

/** One thing that waits on the hat that is worn, found from facts by the server. */
export type Waiting = {
  kind: (typeof kinds)[number] | (string & {});
  /** What people call it: "MIG-031", "2026/14", a statement's number. */
  ref: string;
  /** Its own title, as its author wrote it. */
  title?: string;
  /** The language of the title. */
  lang?: string;
  /** An instant; absent where nothing is late. */
  due?: string;
  /** The page where it is done: "/proposals/…". */
  path: string;
};

/** GET /tasks: what waits, the nearest end first. */
export type Tasks = { tasks: Waiting[] };

export const useTasks = () => useQuery({ queryKey: ["tasks"], queryFn: () => ask<Tasks>("GET", "/tasks"), refetchOnWindowFocus: true });
