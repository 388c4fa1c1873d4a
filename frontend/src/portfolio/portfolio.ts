import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocation, useSearchParams } from "wouter";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Portfolio = components["schemas"]["Portfolio"];
export type Chosen = Portfolio["chosen"][number];
export type Proportion = Portfolio["proportions"][number];

/** The set lives in the address: whoever of the body is sent it sees what it does on the day. */
export function useSet() {
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const call = search.get("call") ?? "";
  const chosen = (search.get("chosen") ?? "").split(",").filter(Boolean);
  const ask = (set: { call?: string; chosen?: string[] }) => {
    const now = { call, chosen, ...set };
    const query = [now.call && `call=${now.call}`, now.chosen.length > 0 && `chosen=${now.chosen.join(",")}`].filter(Boolean).join("&");
    go(query ? `/portfolio?${query}` : "/portfolio", { replace: true });
  };
  return { call, chosen, ask };
}

export const usePortfolio = (call: string, chosen: string[]) =>
  useQuery({
    queryKey: ["portfolio", call, chosen],
    queryFn: async () =>
      (await client.GET("/portfolio", { params: { query: { ...(call && { call }), ...(chosen.length > 0 && { chosen }) } } })).data!,
    placeholderData: keepPreviousData, // while the next choice is weighed
  });

/** The set with one of it a place earlier. */
export function earlier(chosen: string[], id: string): string[] {
  const at = chosen.indexOf(id);
  if (at < 1) return chosen;
  const out = [...chosen];
  [out[at - 1], out[at]] = [out[at]!, out[at - 1]!];
  return out;
}

/** What is ticked, in the order of ticking: what stays keeps its place, what is new comes last. */
export const inOrder = (was: string[], now: ReadonlySet<string>) => [
  ...was.filter((id) => now.has(id)),
  ...[...now].filter((id) => !was.includes(id)),
];
