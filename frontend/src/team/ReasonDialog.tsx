import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { useAct } from "../money-office/office";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

export type ReasonProps = {
  title: string;
  lead: string;
  /** What it is called on its button, and what is said when it is done. */
  act: string;
  done: string;
  path: string;
  body?: Record<string, unknown>;
  /** Where one is asked for. */
  reason?: { label: string; hint?: string };
  tone?: "main" | "danger";
  onClose: () => void;
  /** In place of staying on the page. */
  then?: (done: unknown) => void;
};

/** An act that is thought over before it is done, with a reason where one is asked for. */
export function ReasonDialog({ title, lead, act, done, path, body, reason, tone = "main", onClose, then }: ReasonProps) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [text, setText, sent] = useTyped(`reason/${path}`, "");
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone={tone}
            busy={busy}
            onClick={async () => {
              const answered = await run<unknown>(path, reason ? { ...body, reason: text } : body);
              if (!answered) return;
              await sent();
              toast(done);
              onClose();
              then?.(answered);
            }}
          >
            {act}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p>{lead}</p>
      {reason && (
        <TextField
          id="reason"
          label={reason.label}
          hint={reason.hint}
          rows={3}
          value={text}
          error={faultsByField(problem).reason}
          onChange={(e) => setText(e.target.value)}
        />
      )}
    </Dialog>
  );
}
