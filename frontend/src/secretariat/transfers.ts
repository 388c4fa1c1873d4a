import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { nextOf } from "../api/next";
import type { components } from "../api/schema";
import { major, minor } from "../money/money";

export type Transfer = components["schemas"]["TransferRequest"];

/** All transfer requests, or those of a stage. */
export const useTransfers = (stage?: "requested") =>
  useQuery({
    queryKey: ["transfers", stage ?? ""],
    queryFn: async () => {
      const all: Transfer[] = [];
      for (let after = ""; all.length < 5000; ) {
        const query = { ...(stage ? { stage } : {}), ...(after ? { after } : {}) };
        const { data, response } = await client.GET("/transfer-requests", { params: { query } });
        all.push(...data!);
        const next = nextOf(response.headers.get("Link"));
        if (!next) break;
        after = next;
      }
      return all;
    },
  });

/** What of a share was asked for, and what is left of it: exact, a courtesy; the server counts by the books. */
export function askedOf(share: string, programme: string, organisation: string, transfers: Transfer[]): { asked: string; left: string } {
  const asked = transfers
    .filter((r) => r.programme.id === programme && r.organisation.id === organisation && r.stage !== "withdrawn")
    .reduce((total, r) => total + minor(r.amount.amount), 0n);
  return { asked: major(asked), left: major(minor(share) - asked) };
}
