import { useInfiniteQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type ProposalLine = components["schemas"]["ProposalLine"];
export type Stage = components["schemas"]["Stage"];
export const stages: Stage[] = ["draft", "submitted", "returned", "eligible", "ineligible", "approved", "declined", "withdrawn"];

/** Where the next page begins, as a Link header says it; nothing on the last one. */
export function nextOf(link: string | null): string | undefined {
  const found = /<([^>]*)>;\s*rel="?next"?/.exec(link ?? "");
  return found ? (new URL(found[1]!, "http://fund").searchParams.get("after") ?? undefined) : undefined;
}

/** Proposals within reach, a page after the other. */
export const useProposals = (filter: { stage?: Stage | undefined; call?: string | undefined; area?: string | undefined }) =>
  useInfiniteQuery({
    queryKey: ["proposals", filter],
    initialPageParam: "",
    queryFn: async ({ pageParam }) => {
      const query = Object.fromEntries(Object.entries({ ...filter, after: pageParam }).filter(([, v]) => v));
      const { data, response } = await client.GET("/proposals", { params: { query } });
      return { rows: data!, next: nextOf(response.headers.get("Link")) };
    },
    getNextPageParam: (last) => last.next,
  });

/** All of a list that comes in pages; for choosing from, where there are some dozens. */
export async function everyProposal(stage: Stage): Promise<ProposalLine[]> {
  const all: ProposalLine[] = [];
  for (let after = ""; all.length < 2000; ) {
    const { data, response } = await client.GET("/proposals", { params: { query: { stage, ...(after ? { after } : {}) } } });
    all.push(...data!);
    const next = nextOf(response.headers.get("Link"));
    if (!next) break;
    after = next;
  }
  return all;
}
