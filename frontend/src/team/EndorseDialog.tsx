import { useState } from "react";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { useAct } from "../money-office/office";
import type { Proposal } from "../proposal/proposal";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** A state's word for what the proposal says now, or an organisation's for its part. */
export function EndorseDialog({ p, act, state, onClose }: { p: Proposal; act: "endorse" | "confirm"; state: string; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  // The version that was read when the question was opened: a change in between refuses it.
  const [version] = useState(p.version);
  const [note, setNote, sent] = useTyped(`${act}/${p.id}`, "");
  const title = act === "endorse" ? t("endorsements.endorse", { state }) : t("endorsements.confirm");
  const changed = problem?.status === 412;
  async function send() {
    const done =
      act === "endorse"
        ? await run(`/proposals/${p.id}/endorsement`, { note }, { version })
        : await run(`/proposals/${p.id}/confirmation`, { note });
    if (!done) return;
    await sent();
    toast(t(act === "endorse" ? "endorsements.endorse-done" : "endorsements.confirm-done"));
    onClose();
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          {!changed && (
            <Button tone="main" busy={busy} onClick={() => void send()}>
              {t(act === "endorse" ? "endorsements.endorse-do" : "endorsements.confirm-do")}
            </Button>
          )}
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p>{t(act === "endorse" ? "endorsements.endorse-lead" : "endorsements.confirm-lead")}</p>
      <TextField
        id="note"
        label={t("endorsements.note")}
        optional
        rows={3}
        value={note}
        error={faultsByField(problem).note}
        onChange={(e) => setNote(e.target.value)}
      />
    </Dialog>
  );
}
