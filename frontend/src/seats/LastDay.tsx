import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

const whys = ["resigned", "recalled", "departed"] as const;

export type LastDayProps = {
  title: string;
  lead: string;
  /** What it is called on its button, and what is said when it is done. */
  act: string;
  done: string;
  path: string;
  /** Whether one of the reasons for which a seat is given up is asked for. */
  why?: true;
  /** A term that has not begun may be given up whole: then no last day is asked for. */
  whole?: true;
  /** Without a paper it is not done. */
  paper?: true;
  onClose: () => void;
};

/** Setting the last day of something that goes on: a term, a place in a constituency, a group. */
export default function LastDay({ title, lead, act, done, path, why, whole, paper, onClose }: LastDayProps) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [v, set, sent] = useTypedForm(`last-day/${path}`, { why: "" as string, until: whole ? "" : today(), note: "" });
  const faults = faultsByField(problem);
  async function send() {
    if (busy || !(await run(path, why ? { ...v, until: v.until || undefined } : { until: v.until, note: v.note }))) return;
    await sent();
    toast(done);
    onClose();
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone="danger" busy={busy} onClick={() => void send()}>
            {act}
          </Button>
        </>
      }
    >
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <p>{lead}</p>
        {why && (
          <Choice id="why" label={t("seats.why")} value={v.why} error={faults.why} onChange={(e) => set({ why: e.target.value })}>
            <option value="">{t("seats.why-choose")}</option>
            {whys.map((w) => (
              <option key={w} value={w}>
                {t(`seats.why.${w}`)}
              </option>
            ))}
          </Choice>
        )}
        <Field
          id="until"
          type="date"
          label={t("seats.last-day")}
          hint={whole && t("seats.never-hint")}
          optional={whole}
          value={v.until}
          error={faults.until}
          onChange={(e) => set({ until: e.target.value })}
        />
        <TextField
          id="note"
          label={t("seats.paper")}
          hint={t("seats.paper-hint")}
          optional={!why && !paper}
          rows={2}
          value={v.note}
          error={faults.note}
          onChange={(e) => set({ note: e.target.value })}
        />
      </div>
    </Dialog>
  );
}
