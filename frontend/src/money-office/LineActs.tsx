import { useState } from "react";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Doing } from "./LineSide";
import office from "./Office.module.css";
import { useAct } from "./office";
import { Sum } from "./parts";
import { ReasonDialog } from "./ReasonDialog";
import type { Line } from "./reconcile";

/** What is done with one line: its match undone, set aside with a note, or booked to suspense. */
export default function LineActs({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { line } = doing;
  if (doing.what === "undo")
    return (
      <ReasonDialog
        title={t("reconcile.undo-title")}
        lead={t("reconcile.undo-lead")}
        act={t("reconcile.undo")}
        path={`/matches/${line.match?.id}/undoing`}
        onDone={() => toast(t("reconcile.undone"))}
        onClose={onClose}
      />
    );
  return doing.what === "note" ? <Note line={line} onClose={onClose} /> : <Suspend line={line} onClose={onClose} />;
}

function Note({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [state, setState] = useState<"on-hold" | "another-fund" | "pending">(line.state === "on-hold" ? "pending" : "on-hold");
  const [reason, setReason, sent] = useTyped(`note/${line.id}`, "");
  const faults = faultsByField(problem);
  return (
    <Dialog
      title={t("reconcile.note")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone="main"
            busy={busy}
            onClick={async () => {
              if (!(await run(`/bank-lines/${line.id}/note`, { state, reason }))) return;
              await sent();
              toast(t("reconcile.noted"));
              onClose();
            }}
          >
            {t("reconcile.note-save")}
          </Button>
        </>
      }
    >
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <Radios
          id="state"
          label={t("reconcile.note-what")}
          value={state}
          error={faults.state}
          onChange={setState}
          options={(["on-hold", "another-fund", "pending"] as const).map((value) => ({
            value,
            label: t(`office.line-state.${value}`),
            hint: t(`reconcile.note-hint.${value}`),
          }))}
        />
        <TextField
          id="reason"
          label={t("office.reason")}
          rows={3}
          value={reason}
          error={faults.reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </div>
    </Dialog>
  );
}

function Suspend({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  return (
    <Dialog
      title={t("reconcile.suspend")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone="main"
            busy={busy}
            onClick={async () => {
              if (!(await run(`/bank-lines/${line.id}/suspense`))) return;
              toast(t("reconcile.suspended"));
              onClose();
            }}
          >
            {t("reconcile.suspend")}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p>
        {t("reconcile.suspend-lead")} <Sum of={line.amount} named strong /> · <Day value={line.value_on} />
      </p>
    </Dialog>
  );
}
