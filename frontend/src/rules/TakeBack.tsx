import { useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import page from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./Rules.module.css";
import type { Schemas } from "./rules";

/** Beginning a draft that takes a version back before its day. */
export function TakeBack({ version }: { version: number }) {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const [title, setTitle, titled] = useTyped(`rules/back/${version}/title`, "");
  const [note, setNote, noted] = useTyped(`rules/back/${version}/note`, "");
  const begin = useAct(
    (key: string, body: Schemas["RulesDraftRequest"]) =>
      client.POST("/charter/drafts", { params: { header: { "Idempotency-Key": key } }, body }),
    async ({ data }) => {
      await titled();
      await noted();
      go(`/charter/drafts/${data!.id}`);
    },
  );
  const wrong = faultsByField(begin.problem);
  return (
    <details className={styles.part}>
      <summary>{t("ahead.back", { n: version })}</summary>
      <form
        className={page.form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void begin.run({ title, language, note, effective_from: null, takes_back: version, edits: [] });
        }}
      >
        <ErrorSummary problem={begin.problem} names={{ title: t("rules.draft-title"), note: t("ahead.why") }} />
        <p>{t("ahead.back-hint")}</p>
        <Field
          id="title"
          label={t("rules.draft-title")}
          hint={t("rules.draft-title-hint")}
          error={wrong.title}
          value={title}
          onChange={(e) => setTitle(e.target.value)}
        />
        <TextField id="note" optional label={t("ahead.why")} error={wrong.note} value={note} onChange={(e) => setNote(e.target.value)} />
        <div className={page.acts}>
          <Button type="submit" tone="main" busy={begin.busy}>
            {t("ahead.begin")}
          </Button>
        </div>
      </form>
    </details>
  );
}
