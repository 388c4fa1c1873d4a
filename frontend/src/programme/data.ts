import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Programme = components["schemas"]["ProgrammeFile"];
export type Change = components["schemas"]["ChangeRequest"];
export type Kind = components["schemas"]["ChangeKind"];

/** A programme with its life so far and what may be asked for; the tag is the version that was read. */
export const useProgramme = (id: string) =>
  useQuery({
    queryKey: ["programme", id],
    queryFn: async () => {
      const { data, response } = await client.GET("/programmes/{id}", { params: { path: { id } } });
      return { ...data!, tag: response.headers.get("ETag") ?? "" };
    },
  });

/** What was asked for of it, the newest first; nothing for whom it is no business. */
export const useChanges = (id: string) =>
  useQuery({
    queryKey: ["changes", id],
    queryFn: async () => (await client.GET("/programmes/{id}/change-requests", { params: { path: { id } } })).data!,
    retry: false,
  });

/** What an act on a programme makes old. */
export const stale = (id: string) => [["programme", id], ["programmes"], ["changes", id], ["changes"], ["tasks"], ["transfers"]];

export const toneOf = (state: string) =>
  state === "active" || state === "adopted" || state === "recorded"
    ? "good"
    : state === "suspended" || state === "asked"
      ? "warn"
      : state === "cancelled" || state === "not-adopted"
        ? "bad"
        : undefined;

/** The states of a programme that a decision made: all but those of the past, which came with the history. */
export const decided = ["approved", "active", "suspended", "cancelled", "operationally-closed", "financially-closed"];
