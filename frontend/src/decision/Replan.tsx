import { useState } from "react";
import { faultsByField } from "../api/problem";
import { useAct } from "../money-office/office";
import { fund } from "../shell/fund";
import { placeOf } from "../time/dates";
import { instantIn, localIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";
import { Venue, whereOf } from "./Plan";

/** Saying anew when and where a meeting is to be. */
export default function Replan({ meeting: m, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { t, language } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [v, set] = useState({
    title: m.title,
    at: localIn(m.starts_at, fund.zone),
    held: m.held as string,
    place: m.place,
    link: m.link ?? "",
  });
  const change = (part: Partial<typeof v>) => set((now) => ({ ...now, ...part }));
  const wrong = faultsByField(problem);
  async function send() {
    const body = { title: v.title, starts_at: instantIn(v.at, fund.zone), ...(m.ends_at && { ends_at: m.ends_at }), ...whereOf(v) };
    if (busy || !(await run(`/meetings/${m.id}`, body, { method: "PUT", version: m.version }))) return;
    toast(t("venue.changed"));
    onClose();
  }
  return (
    <Dialog
      title={t("venue.change")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone="main" busy={busy} onClick={() => void send()}>
            {t("venue.save")}
          </Button>
        </>
      }
    >
      <div className={styles.tight}>
        <ErrorSummary problem={problem} />
        <p>{t("venue.change-lead")}</p>
        <Field id="title" label={t("plan.name")} error={wrong.title} value={v.title} onChange={(e) => change({ title: e.target.value })} />
        <Field
          id="starts_at"
          type="datetime-local"
          dir="ltr"
          label={t("plan.at")}
          hint={t("plan.at-hint", { place: placeOf(fund.zone, language) })}
          error={wrong.starts_at}
          value={v.at}
          onChange={(e) => change({ at: e.target.value })}
        />
        <Venue of={v} wrong={wrong} change={change} />
      </div>
    </Dialog>
  );
}
