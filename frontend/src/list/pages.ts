import { useInfiniteQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { client } from "../api/client";
import { nextOf } from "../api/next";

/** A list's question: it stands in the address, so that a list can be sent to somebody. */
export function useAsked(kept: string[]) {
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

/** A list that comes in pages of fifty; what it is of names it among what is kept. */
export function usePages<R>(path: Lists, asked: Record<string, string>) {
  const list = useInfiniteQuery({
    queryKey: [path.slice(1), "pages", asked],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = { ...(asked as object), limit: 50, ...(pageParam && { after: pageParam }) };
      const { data, response } = await client.GET(path, { params: { query } });
      return { rows: data as R[], next: nextOf(response.headers.get("Link")) };
    },
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  return { ...list, rows: (list.data?.pages ?? []).flatMap((p) => p.rows) };
}
export type Lists = "/proposals" | "/decisions" | "/meetings" | "/programmes" | "/people" | "/organisations";
