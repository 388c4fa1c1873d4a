import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Assessors = components["schemas"]["Assessors"];
export type Assessed = Assessors["proposals"][number];
export type Asked = Assessed["asked"][number];

const key = (call: string) => ["assessors", call];

export const useAssessors = (call: string) =>
  useQuery({
    queryKey: key(call),
    queryFn: async () => (await client.GET("/calls/{id}/assessors", { params: { path: { id: call } } })).data!,
  });

/** What an act answered takes the place of what was read. */
export function useNow(call: string) {
  const queries = useQueryClient();
  return (now: Assessors) => queries.setQueryData(key(call), now);
}

/** The last day on which it is in time: what is due ends with that day. */
export const lastOf = (due: string) => new Date(Date.parse(due) - 1).toISOString();
