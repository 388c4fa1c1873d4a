import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Condition } from "./data";

/** The secretariat's word on a claim: it is so, or it goes back with the reason. */
export default function Find({ of: c, again }: { of: Condition; again: () => Promise<void> }) {
  const { t, language } = useWords();
  const toast = useToast();
  const [text, setText, sent] = useTyped(`condition-finding/${c.id}`, "");
  const find = useAct(
    async (key: string, outcome: "confirmed" | "returned", text: string, language: string) => {
      await client.POST("/conditions/{id}/finding", {
        params: { path: { id: c.id }, header: { "If-Match": `"${c.version}"`, "Idempotency-Key": key } },
        body: { outcome, text, language },
      });
      return outcome;
    },
    async (outcome) => {
      await sent();
      toast(t(`condition.${outcome}`));
      await again();
    },
  );
  const wrong = faultsByField(find.problem);
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void find.run("confirmed", text, language);
      }}
    >
      <ErrorSummary problem={find.problem} names={{ text: t("condition.remark") }} />
      <TextField id="text" label={t("condition.remark")} error={wrong.text} value={text} onChange={(e) => setText(e.target.value)} />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={find.busy}>
          {t("condition.confirm")}
        </Button>
        <Button busy={find.busy} onClick={() => void find.run("returned", text, language)}>
          {t("condition.return")}
        </Button>
      </div>
    </form>
  );
}
