import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { nextOf } from "../secretariat/lists";

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
  "partner",
  "phase",
  "scope",
  "objective",
  "goal",
  "language",
  "late",
] as const;
export type FieldName = (typeof fields)[number];
export const ranges = ["least", "most", "from", "until"] as const;

/** What of the address is about the list: everything else is somebody else's. */
export const kept: string[] = [...fields, ...ranges, "q", "sort"];

/** The list's question: it stands in the address, so that a list can be sent to somebody. */
export function useAsked() {
  const [here, go] = useLocation();
  const search = useSearch();
  const asked = Object.fromEntries([...new URLSearchParams(search)].filter(([k, v]) => kept.includes(k) && v !== ""));
  const set = (change: Record<string, string | undefined>) => {
    const next = new URLSearchParams(Object.entries({ ...asked, ...change }).filter((e): e is [string, string] => !!e[1]));
    const text = String(next);
    go(text ? `${here}?${text}` : here, { replace: true });
  };
  return { asked, set, open: (query: string) => go(query ? `${here}?${query}` : here), query: String(new URLSearchParams(asked)) };
}

/** The filters of the address as the contract has them. */
const typed = (asked: Record<string, string>) => asked as object;

export const useLines = (asked: Record<string, string>) =>
  useInfiniteQuery({
    queryKey: ["proposals", asked],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = { ...typed(asked), limit: 50, ...(pageParam && { after: pageParam }) };
      const { data, response } = await client.GET("/proposals", { params: { query } });
      return { rows: data as Line[], next: nextOf(response.headers.get("Link")) };
    },
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });

export const useCounts = ({ sort: _, ...asked }: Record<string, string>) =>
  useQuery({
    queryKey: ["proposals", "counts", asked],
    queryFn: async () => (await client.GET("/proposals/counts", { params: { query: typed(asked) } })).data as Counts,
    placeholderData: (before) => before,
  });

export const useSaved = () => useQuery({ queryKey: ["searches"], queryFn: async () => (await client.GET("/searches")).data as Saved[] });
