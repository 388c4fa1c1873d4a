import { lazy, Suspense } from "react";
import { useWords } from "../words/i18n";
import type { useWriting } from "./keeping";
import type { Written } from "./rules";

const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Written> }));

/** What two wrote over one version; nobody chooses for them. */
export function Both({ draft, called }: { draft: ReturnType<typeof useWriting>; called: Record<string, string> }) {
  const { t } = useWords();
  if (!draft.conflict) return null;
  const label = {
    title: "rules.draft-title",
    language: "rules.language",
    note: "rules.note",
    effective_from: "rules.from-day",
    edits: "rules.changes",
  };
  return (
    <Suspense>
      <Conflict
        mine={draft.conflict.mine}
        theirs={draft.conflict.theirs.value}
        onSettle={draft.settle}
        fields={(Object.keys(label) as (keyof typeof label)[]).map((key) => ({
          key,
          label: t(label[key]),
          text: (w: Written) =>
            key === "edits"
              ? w.edits.map((e) => `${called[e.path] ?? e.path}: ${JSON.stringify(e.value ?? e.do)}`).join("\n")
              : String(w[key] ?? ""),
        }))}
      />
    </Suspense>
  );
}
