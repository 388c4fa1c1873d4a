import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { useDraft } from "../draft/useDraft";

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

/** What a rule is called within its part: the document's own words, which are English. */
export const called = (path: string) => path.split("/").slice(2).join(" › ").replaceAll("_", " ");

export const useVersions = () => useRead<Schemas["CharterVersion"][]>("/charter/versions");

const writtenOf = (d: Draft): Written => ({
  title: d.title,
  language: d.language,
  note: d.note,
  effective_from: d.effective_from,
  edits: d.edits,
});

export const draftKey = (id: string) => ["charter", "draft", id];

export const useRulesDraft = (id: string, language: string) =>
  useQuery({
    queryKey: [...draftKey(id), language],
    queryFn: async () => (await client.GET("/charter/drafts/{id}", { params: { path: { id } } })).data!,
  });

/** What is written in a draft, kept as it is typed; saved is called with what the fund made of it. */
export function useWriting(d: Draft, person: string, language: string) {
  const queries = useQueryClient();
  return useDraft<Written>({
    id: `rules/${d.id}`,
    person,
    server: { value: writtenOf(d), version: d.version },
    put: async (value, version) => {
      const saved = (
        await client.PUT("/charter/drafts/{id}", { params: { path: { id: d.id }, header: { "If-Match": `"${version}"` } }, body: value })
      ).data!;
      queries.setQueryData([...draftKey(d.id), language], saved);
      void queries.invalidateQueries({ queryKey: [...draftKey(d.id), "part"] });
      return { value: writtenOf(saved), version: saved.version };
    },
    read: async () => {
      const now = (await client.GET("/charter/drafts/{id}", { params: { path: { id: d.id } } })).data!;
      return { value: writtenOf(now), version: now.version };
    },
  });
}
