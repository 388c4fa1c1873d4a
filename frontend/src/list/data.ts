import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Line = components["schemas"]["RegisterLine"];
export type Counts = components["schemas"]["RegisterCounts"];
export type Saved = components["schemas"]["SavedSearch"];

/** The fields that the list is narrowed by, the nearest at hand first; the values of each come with their counts. */
export const fields = [
  "stage",
  "turn",
  "call",
  "area",
  "state",
  "region",
  "organisation",
  "lead",
  "partner",
  "phase",
  "scope",
  "objective",
  "goal",
  "target",
  "marker",
  "language",
  "late",
  "assessor",
  "adviser",
] as const;
export type FieldName = (typeof fields)[number];
export const ranges = ["least", "most", "from", "until"] as const;

/** What of the address is about the list: everything else is somebody else's. */
export const kept: string[] = [...fields, ...ranges, "q", "sort"];

/** The filters of the address as the contract has them. */
const typed = (asked: Record<string, string>) => asked as object;

export const useCounts = ({ sort: _, ...asked }: Record<string, string>) =>
  useQuery({
    queryKey: ["proposals", "counts", asked],
    queryFn: async () => (await client.GET("/proposals/counts", { params: { query: typed(asked) } })).data as Counts,
    placeholderData: (before) => before,
  });
