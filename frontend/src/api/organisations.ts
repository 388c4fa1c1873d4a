import { useQuery } from "@tanstack/react-query";
import { activeLanguage } from "../words/i18n";
import { client } from "./client";
import { nextOf } from "./next";
import type { components } from "./schema";

export type Organisation = components["schemas"]["Organisation"];
type Called = components["schemas"]["OrganisationName"];

/** Sent where none was chosen: the server says at the field that one is needed. */
export const unchosen = "00000000-0000-0000-0000-000000000000";

const kept = 300_000;

/** What the reader's language calls an organisation of the fund, by its code: in full, and for short as people say it ("OIT", not "XM-DAC-41144"). */
export function useNames() {
  const { data } = useQuery({
    queryKey: ["organisations", "names", activeLanguage()],
    staleTime: kept,
    queryFn: async () => Object.fromEntries((await client.GET("/organisations/names")).data!.map((o): [string, Called] => [o.code, o])),
  });
  return { known: data, name: (code: string) => data?.[code]?.name ?? code, short: (code: string) => data?.[code]?.short ?? code };
}

/** Every organisation with all that is known of it, or those of a kind, to choose from. Who needs a name alone asks useNames: it is a quarter of the bytes. */
export const useOrganisations = (kind?: Organisation["kind"]) =>
  useQuery({
    queryKey: ["organisations", kind ?? "all"],
    staleTime: kept,
    queryFn: async () => {
      const all: Organisation[] = [];
      for (let after: string | undefined = ""; after !== undefined; ) {
        const query = { limit: 200, ...(kind && { kind: [kind] }), ...(after && { after }) };
        const { data, response }: { data?: Organisation[]; response: Response } = await client.GET("/organisations", { params: { query } });
        all.push(...(data ?? []));
        after = nextOf(response.headers.get("Link"));
      }
      return all;
    },
  });
