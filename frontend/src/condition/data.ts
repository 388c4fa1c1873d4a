import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Condition = components["schemas"]["Condition"];
export type Terms = components["schemas"]["ConditionTerms"];

/** What decisions ask of a programme, in their order. */
export const useConditions = (programme: string) =>
  useQuery({
    queryKey: ["conditions", programme],
    queryFn: async () => (await client.GET("/programmes/{id}/conditions", { params: { path: { id: programme } } })).data!,
  });

export const toneOf = (c: Pick<Condition, "state" | "overdue">) =>
  c.state === "fulfilled" ? "good" : c.state === "waived" ? "plain" : c.overdue ? "bad" : "warn";
