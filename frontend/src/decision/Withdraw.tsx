import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import type { Question } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// It is asked for by one person and seldom: the item's page has no room for these words itself.
await bringArea("withdrawal");

/** Takes an item off the agenda, or back from the body with the reason that everybody reads. */
export default function Withdraw({ question: q, done, leave }: { question: Question; done: () => Promise<void>; leave: () => void }) {
  const { t } = useWords();
  const [reason, setReason, sent] = useTyped(`withdrawal/${q.id}`, "");
  const act = within(
    useAct(
      async (key: string, said: string) =>
        client.POST("/questions/{id}/withdrawal", {
          params: { path: { id: q.id }, header: { "Idempotency-Key": key } },
          body: { reason: said },
        }),
      async () => Promise.all([sent(), done()]),
    ),
    "withdrawal",
  );
  const put = q.state === "open";
  return (
    <Dialog
      title={t("chair.withdraw")}
      onClose={leave}
      actions={
        <>
          <Button onClick={leave}>{t("dialog.cancel")}</Button>
          <Button tone="danger" busy={act.busy} onClick={() => void act.run(reason.trim())}>
            {t("chair.withdraw")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ErrorSummary problem={act.problem} names={{ "withdrawal-reason": t("withdrawal.reason") }} />
        <p>{t(put ? "withdrawal.lead-open" : "chair.withdraw-lead")}</p>
        <TextField
          id="withdrawal-reason"
          rows={3}
          label={t("withdrawal.reason")}
          hint={t("withdrawal.hint")}
          optional={!put}
          error={faultsByField(act.problem)["withdrawal-reason"]}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </div>
    </Dialog>
  );
}
