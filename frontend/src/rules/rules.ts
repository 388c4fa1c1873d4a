import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { useRead } from "../api/read";
import type { components } from "../api/schema";

export type Schemas = components["schemas"];
export type Draft = Schemas["RulesDraft"];
export type Edit = Schemas["RuleEdit"];
export type Written = Schemas["RulesDraftRequest"];

/** The parts of the document, in its order. */
export const parts = [
  "fund",
  "constituencies",
  "terms",
  "body",
  "interests",
  "scoring",
  "proposals",
  "budget",
  "agent",
  "allocation",
  "reporting",
  "screening",
  "rotation",
] as const;

/** Of which part a rule is. */
export const partOf = (path: string) => path.split("/")[1] ?? "";

/** How a draft's state is shown. */
export const toneOf = (state: string) => (state === "adopted" ? "good" : state === "not-adopted" ? "bad" : "plain");

export const useVersions = () => useRead<Schemas["CharterVersion"][]>("/charter/versions");

export const draftKey = (id: string) => ["charter", "draft", id];

export const useRulesDraft = (id: string, language: string) =>
  useQuery({
    queryKey: [...draftKey(id), language],
    queryFn: async () => (await client.GET("/charter/drafts/{id}", { params: { path: { id } } })).data!,
  });
