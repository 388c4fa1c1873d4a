import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Call } from "./call";

/** The draft of a call is given up, for a reason that stays with the act. */
export function Discarding({ call: c, onClose, then }: { call: Call; onClose: () => void; then: () => Promise<void> }) {
  const { t } = useWords();
  const [reason, setReason, sent] = useTyped(`discarding/${c.id}`, "");
  const discard = useAct(
    async (key: string, body: { reason: string }) =>
      client.POST("/calls/{id}/discarding", {
        params: { path: { id: c.id }, header: { "Idempotency-Key": key, "If-Match": `"${c.version}"` } },
        body,
      }),
    async () => {
      await sent();
      await then();
    },
  );
  return (
    <Dialog
      title={t("callpage.discard")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone="danger" busy={discard.busy} onClick={() => void discard.run({ reason })}>
            {t("callpage.discard")}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={discard.problem} names={{ reason: t("callpage.discard-reason") }} />
      <TextField
        id="reason"
        rows={3}
        label={t("callpage.discard-reason")}
        error={faultsByField(discard.problem).reason}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
    </Dialog>
  );
}
