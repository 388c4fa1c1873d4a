import { useQueryClient } from "@tanstack/react-query";
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

/** Upholds an appeal or dismisses it, either with a reason; each is a button, so that neither is by default. */
export default function Deciding({ id }: { id: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [reason, setReason, sent] = useTyped(`appeal-decision/${id}`, "");
  const decide = useAct(
    async (key: string, body: { upheld: boolean; reason: string }) =>
      client.POST("/proposals/{id}/appeal-decision", { params: { path: { id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("appeal.decided"));
      await Promise.all([["proposal", id], ["proposals"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  return (
    <form className={styles.form} noValidate onSubmit={(e) => e.preventDefault()}>
      <h2>{t("appeal.decide")}</h2>
      <ErrorSummary problem={decide.problem} names={{ reason: t("screening.reason") }} />
      <TextField
        id="reason"
        label={t("screening.reason")}
        hint={t("screening.reason-hint")}
        error={faultsByField(decide.problem).reason}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button tone="main" busy={decide.busy} onClick={() => void decide.run({ upheld: true, reason })}>
          {t("appeal.uphold")}
        </Button>
        <Button busy={decide.busy} onClick={() => void decide.run({ upheld: false, reason })}>
          {t("appeal.dismiss")}
        </Button>
      </div>
    </form>
  );
}
