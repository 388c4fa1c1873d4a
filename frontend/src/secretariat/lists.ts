import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { nextOf } from "../api/next";
import type { components } from "../api/schema";

export type ProposalLine = components["schemas"]["ProposalLine"];
export type Stage = components["schemas"]["Stage"];
export const stages: Stage[] = ["draft", "submitted", "returned", "eligible", "ineligible", "approved", "declined", "withdrawn"];

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
