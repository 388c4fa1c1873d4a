import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useDraft } from "../draft/useDraft";
import { type Draft, draftKey, type Written } from "./rules";

const writtenOf = (d: Draft): Written => ({
  title: d.title,
  language: d.language,
  note: d.note,
  effective_from: d.effective_from,
  edits: d.edits,
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
