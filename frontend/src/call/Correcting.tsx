import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Call } from "./call";
import { EligibilityForm, TranslationsForm, WordsForm } from "./forms";

/** The words of an announced call, put right with a reason; its conditions stand. */
export function Correcting({ call: c }: { call: Call }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [typed, setTyped, sent] = useTypedForm(`correction/${c.id}`, { words: c.words, reason: "" });
  const { words, reason } = typed;
  const setWords = (to: (from: typeof words) => typeof words) => setTyped({ words: to(words) });
  const setReason = (reason: typeof typed.reason) => setTyped({ reason });
  const act = useAct(
    async (key: string, body: typeof words & { reason: string }) =>
      client.POST("/calls/{id}/corrections", {
        params: { path: { id: c.id }, header: { "Idempotency-Key": key, "If-Match": `"${c.version}"` } },
        body,
      }),
    async () => {
      await sent();
      toast(t("callpage.corrected-done"));
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  );
  const errors = faultsByField(act.problem);
  return (
    <details>
      <summary>{t("callpage.correct")}</summary>
      <form
        className={styles.stack}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void act.run({ ...words, reason });
        }}
      >
        <p className={styles.quiet}>{t("callpage.correct-lead")}</p>
        <ErrorSummary problem={act.problem} names={{}} />
        <WordsForm value={words} change={setWords} errors={errors} fixed />
        <TranslationsForm value={words} change={setWords} errors={errors} />
        <EligibilityForm value={words} change={setWords} errors={errors} fixed />
        <TextField
          id="correction-reason"
          rows={2}
          label={t("callpage.reason")}
          hint={t("callpage.reason-hint")}
          error={errors.reason}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        <div className={styles.acts}>
          <Button type="submit" busy={act.busy}>
            {t("callpage.correct")}
          </Button>
        </div>
      </form>
    </details>
  );
}
