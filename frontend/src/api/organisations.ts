import { useQuery } from "@tanstack/react-query";
import { client } from "./client";
import type { components } from "./schema";

export type Organisation = components["schemas"]["Organisation"];

const page = 200;

/** Every organisation, states among them: they are few hundred, and are chosen from. */
export const useOrganisations = () =>
  useQuery({
    queryKey: ["organisations"],
    staleTime: 300_000,
    queryFn: async () => {
      const all: Organisation[] = [];
      for (;;) {
        const some = (await client.GET("/organisations", { params: { query: { after: all.at(-1)?.code, limit: page } } })).data ?? [];
        all.push(...some);
        if (some.length < page) return all;
      }
    },
  });

/** What people call an organisation for short, by its code: "ILO", whose code is another register's number. */
export function useShortNames() {
  const { data } = useOrganisations();
  const short = new Map((data ?? []).filter((o) => o.kind !== "state").map((o) => [o.code, o.short_name || o.code]));
  return (code: string) => short.get(code) ?? code;
}
