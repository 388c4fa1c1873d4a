import type { Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Choice } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import { bodyOf, type Facts, type Move, noFacts, reasons, usePipeline } from "./data";
import { FactsForm } from "./FactsForm";

// The page that shows it is seldom about the pipeline.
await bringArea("pipeline");

/** What a question does in the pipeline, as it is being written. */
export type Moved = { what: "" | "proposal" | "facts" | "leave"; proposal: string; entry: string; reason: string; facts: Facts | null };

export function movedBody(m: Moved, language: string, currency: string): { proposal?: string; pipeline?: Move } {
  switch (m.what) {
    case "proposal":
      return m.proposal ? { proposal: m.proposal } : { pipeline: { move: "enter" } };
    case "facts":
      return { pipeline: { move: "enter", facts: bodyOf(m.facts ?? noFacts(language), currency) } };
    case "leave":
      return { pipeline: { move: "leave", entry: m.entry || null, reason: m.reason } };
  }
  return {};
}

/** Asks what the question does in the pipeline: a proposal enters, a programme without one, or one leaves. */
export default function Moving({
  value: m,
  change,
  wrong,
  rules,
  eligible,
}: {
  value: Moved;
  change: (to: Moved) => void;
  wrong: Record<string, string>;
  rules: Rules;
  eligible: { id: string; ref: string; title: string }[];
}) {
  const { t, language } = useWords();
  const entries = usePipeline().data?.entries ?? [];
  const set = (part: Partial<Moved>) => change({ ...m, ...part });
  const standing = new Set(entries.map((e) => e.proposal));
  return (
    <section className={styles.stack} aria-labelledby="moving">
      <h2 id="moving">{t("pipe.moving")}</h2>
      <Choice
        id="pipeline-move"
        label={t("pipe.what")}
        error={wrong["pipeline-move"]}
        value={m.what}
        onChange={(e) => set({ what: e.target.value as Moved["what"] })}
      >
        {(["", "proposal", "facts", "leave"] as const).map((w) => (
          <option key={w} value={w}>
            {t(`pipe.what.${w || "none"}`)}
          </option>
        ))}
      </Choice>
      {m.what === "proposal" && (
        <Choice
          id="proposal"
          label={t("pipe.proposal")}
          hint={t("pipe.proposal-hint")}
          error={wrong.proposal}
          value={m.proposal}
          onChange={(e) => set({ proposal: e.target.value })}
        >
          <option value="">{t("pipe.choose")}</option>
          {eligible
            .filter((p) => !standing.has(p.ref))
            .map((p) => (
              <option key={p.id} value={p.id}>
                {`${p.ref} · ${p.title}`}
              </option>
            ))}
        </Choice>
      )}
      {m.what === "facts" && (
        <FactsForm
          at="pipeline-facts"
          value={m.facts ?? noFacts(language)}
          change={(facts) => set({ facts })}
          wrong={wrong}
          rules={rules}
        />
      )}
      {m.what === "leave" && (
        <>
          <Choice
            id="pipeline-entry"
            label={t("pipe.entry")}
            error={wrong["pipeline-entry"]}
            value={m.entry}
            onChange={(e) => set({ entry: e.target.value })}
          >
            <option value="">{t("pipe.choose")}</option>
            {entries.map((e) => (
              <option key={e.id} value={e.id}>
                {`${e.ref} · ${e.title}`}
              </option>
            ))}
          </Choice>
          <Choice
            id="pipeline-reason"
            label={t("pipe.reason")}
            hint={t("pipe.reason-hint")}
            error={wrong["pipeline-reason"]}
            value={m.reason}
            onChange={(e) => set({ reason: e.target.value })}
          >
            <option value="">{t("pipe.choose")}</option>
            {reasons.map((r) => (
              <option key={r} value={r}>
                {t(`pipe.left.${r}`)}
              </option>
            ))}
          </Choice>
        </>
      )}
    </section>
  );
}
