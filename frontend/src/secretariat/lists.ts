import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
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

type Filter = { stage?: Stage[] | undefined; call?: string[] | undefined; area?: string[] | undefined };

/** Proposals within reach, as many pages of them as were asked for. */
export function useProposals(filter: Filter) {
  const [pages, setPages] = useState(1);
  const list = useQuery({
    queryKey: ["proposals", filter, pages],
    queryFn: async () => {
      const rows: ProposalLine[] = [];
      let after: string | undefined = "";
      for (let n = 0; n < pages && after !== undefined; n++) {
        const query = Object.fromEntries(Object.entries({ ...filter, after }).filter(([, v]) => v && v.length > 0));
        const { data, response }: { data?: ProposalLine[]; response: Response } = await client.GET("/proposals", { params: { query } });
        rows.push(...data!);
        after = nextOf(response.headers.get("Link"));
      }
      return { rows, more: after !== undefined };
    },
    placeholderData: (before) => before,
  });
  return { ...list, more: list.data?.more ? () => setPages((n) => n + 1) : undefined };
}

/** All of a list that comes in pages; for choosing from, where there are some dozens. */
export async function everyProposal(stage: Stage): Promise<ProposalLine[]> {
  const all: ProposalLine[] = [];
  for (let after = ""; all.length < 2000; ) {
    const { data, response } = await client.GET("/proposals", { params: { query: { stage: [stage], ...(after ? { after } : {}) } } });
    all.push(...data!);
    const next = nextOf(response.headers.get("Link"));
    if (!next) break;
    after = next;
  }
  return all;
}
