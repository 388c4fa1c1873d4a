import { type FormEvent, type ReactNode, useId } from "react";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { useAct } from "./office";

/** An act that asks for its reason first. more stands above it and goes along. */
export function ReasonDialog({
  title,
  lead,
  act,
  path,
  more = {},
  version,
  start = "",
  tone = "danger",
  onDone,
  onClose,
  children,
}: {
  title: string;
  lead?: string;
  act: string;
  path: string;
  more?: Record<string, unknown>;
  version?: number;
  start?: string;
  tone?: "main" | "danger";
  onDone: () => void;
  onClose: () => void;
  children?: ReactNode;
}) {
  const { t } = useWords();
  const form = useId();
  const { run, busy, problem } = useAct();
  const [reason, setReason, sent] = useTyped(`reason/${path}`, start);
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    if (await run(path, { ...more, reason }, version === undefined ? {} : { version })) {
      await sent();
      onDone();
      onClose();
    }
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone={tone} type="submit" form={form} busy={busy}>
            {act}
          </Button>
        </>
      }
    >
      <form id={form} className={styles.form} onSubmit={send}>
        <ErrorSummary problem={problem} />
        {lead && <p>{lead}</p>}
        {children}
        <TextField
          id="reason"
          label={t("office.reason")}
          hint={t("office.reason-hint")}
          rows={3}
          value={reason}
          error={faults.reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </form>
    </Dialog>
  );
}
