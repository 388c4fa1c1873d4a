import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import page from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { Both } from "./Both";
import { useWriting } from "./keeping";
import styles from "./Rules.module.css";
import { type Draft, draftKey, type Written } from "./rules";

/** The words of a draft, and its day. */
export function Words({ of: d, person }: { of: Draft; person: string }) {
  const { t, language } = useWords();
  const draft = useWriting(d, person, language);
  const problem = draft.saving.state === "refused" ? draft.saving.problem : null;
  const wrong = faultsByField(problem);
  const day = d.lacks.find((l) => l.field === "/effective_from");
  const { value, change } = draft;
  const set = (part: Partial<Written>) => change((now) => ({ ...now, ...part }));
  return (
    <div className={page.form}>
      <ErrorSummary problem={problem} names={{ title: t("rules.draft-title") }} />
      <Field
        id="title"
        lang={value.language}
        label={t("rules.draft-title")}
        error={wrong.title}
        value={value.title}
        onChange={(e) => set({ title: e.target.value })}
      />
      {!d.takes_back && (
        <Field
          id="effective_from"
          type="date"
          optional
          label={t("rules.from-day")}
          hint={t("rules.from-day-hint")}
          error={wrong.effective_from ?? day?.detail ?? day?.title}
          value={value.effective_from ?? ""}
          onChange={(e) => set({ effective_from: e.target.value || null })}
        />
      )}
      <TextField
        id="note"
        optional
        lang={value.language}
        label={t("rules.note")}
        hint={t("rules.note-hint")}
        error={wrong.note}
        value={value.note}
        onChange={(e) => set({ note: e.target.value })}
      />
      <Choice
        id="language"
        label={t("rules.language")}
        error={wrong.language}
        value={value.language}
        onChange={(e) => set({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <SavingLine saving={draft.saving} />
      {draft.conflict && <Both draft={draft} called={d.called} />}
    </div>
  );
}

/** Giving a draft up. */
export function Withdraw({ of: d }: { of: Draft }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const act = useAct(
    (key: string) =>
      client.POST("/charter/drafts/{id}/withdrawal", {
        params: { path: { id: d.id }, header: { "If-Match": `"${d.version}"`, "Idempotency-Key": key } },
      }),
    () => queries.invalidateQueries({ queryKey: draftKey(d.id) }),
  );
  return (
    <details className={styles.part}>
      <summary>{t("rules.withdraw")}</summary>
      <div className={page.stack}>
        <ErrorSummary problem={act.problem} />
        <p>{t("rules.withdraw-hint")}</p>
        <div className={page.acts}>
          <Button busy={act.busy} onClick={() => void act.run()}>
            {t("rules.withdraw-do")}
          </Button>
        </div>
      </div>
    </details>
  );
}
