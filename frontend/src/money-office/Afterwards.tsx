import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { MoneyField } from "../money/MoneyField";
import { isZero } from "../money/money";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { today, useAct } from "./office";
import { Sum, Written } from "./parts";
import { ReasonDialog } from "./ReasonDialog";
import type { Transfer } from "./transfers";

/** What comes after a release: the organisation's word, what the bank returned, releases taken back, and the acts on them. */
export default function Afterwards({ of: r }: { of: Transfer }) {
  const { t } = useWords();
  const toast = useToast();
  const [asking, setAsking] = useState<"return" | "take-back" | undefined>();
  const [returned, setReturned] = useState(today());
  const may = (act: string) => r.may.includes(act);
  return (
    <>
      {r.two_releasers && <p className={styles.rule}>{t("after.two")}</p>}
      {r.receipt && (
        <section aria-labelledby="receipt" className={styles.titled}>
          <h2 id="receipt">{t("after.receipt")}</h2>
          <p>
            {t("after.received")} <Sum of={r.receipt.amount} named strong /> · <Day value={r.receipt.received_on} /> ·{" "}
            <bdi>{r.receipt.by.name}</bdi> · <DateTime value={r.receipt.by.at} zone={fund.zone} />
          </p>
          {!isZero(r.receipt.difference.amount) && (
            <p role="note" className={styles.missing}>
              {t("after.difference")} <Sum of={r.receipt.difference} named strong />
            </p>
          )}
          {r.receipt.note && <Written>{r.receipt.note}</Written>}
        </section>
      )}
      {r.acknowledge_by && (
        <p className={styles.rule}>
          {t("after.due")} <Day value={r.acknowledge_by} />
        </p>
      )}
      {may("transfer.acknowledge") && <Acknowledging of={r} />}
      {r.tries.length > 0 && (
        <section aria-labelledby="tries" className={styles.titled}>
          <h2 id="tries">{t("after.tries")}</h2>
          <ol className={styles.steps}>
            {r.tries.map((y) => (
              <li key={y.n} className={styles.step}>
                <span className={styles.stepName}>{t(y.sent_on ? "after.returned" : "after.taken-back")}</span>
                <Day value={y.ended_on} />
                <bdi>{y.ended.name}</bdi>
                <Written>{y.reason}</Written>
                <Link href={`/vouchers/${y.transfer_reversal ?? y.release_reversal}`}>{t("office.voucher")}</Link>
              </li>
            ))}
          </ol>
        </section>
      )}
      {(may("transfer.return") || may("transfer.take-back")) && (
        <p className={styles.acts}>
          {may("transfer.return") && <Button onClick={() => setAsking("return")}>{t("after.return")}</Button>}
          {may("transfer.take-back") && <Button onClick={() => setAsking("take-back")}>{t("after.take-back")}</Button>}
        </p>
      )}
      {asking && (
        <ReasonDialog
          title={t(`after.${asking}`)}
          lead={t(`after.${asking}-lead`)}
          act={t(`after.${asking}`)}
          path={`/transfer-requests/${r.id}/${asking === "return" ? "return" : "release-reversal"}`}
          more={asking === "return" ? { returned_on: returned } : {}}
          version={r.version}
          onDone={() => toast(t(`after.${asking}-done`, { ref: r.ref }))}
          onClose={() => setAsking(undefined)}
        >
          {asking === "return" && (
            <Field
              id="returned_on"
              type="date"
              label={t("after.returned-on")}
              value={returned}
              onChange={(e) => setReturned(e.target.value)}
            />
          )}
        </ReasonDialog>
      )}
    </>
  );
}

/** The organisation says when the money came and how much. */
function Acknowledging({ of: r }: { of: Transfer }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [on, setOn] = useState(today());
  const [amount, setAmount] = useState<string | null>(r.amount.amount);
  const [note, setNote, sent] = useTyped(`receipt/${r.id}`, "");
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = { received_on: on, amount: { amount: amount ?? "", currency: r.amount.currency }, note };
    if (!(await run(`/transfer-requests/${r.id}/acknowledgement`, body, { version: r.version }))) return;
    await sent();
    toast(t("after.acknowledged", { ref: r.ref }));
  }
  return (
    <form className={`${styles.form} ${styles.panel}`} onSubmit={send} noValidate aria-labelledby="acknowledging">
      <h2 id="acknowledging">{t("after.acknowledge")}</h2>
      <p className={styles.small}>{t("after.acknowledge-lead")}</p>
      <ErrorSummary problem={problem} />
      <Field
        id="received_on"
        type="date"
        label={t("after.received-on")}
        value={on}
        error={faults.received_on}
        onChange={(e) => setOn(e.target.value)}
      />
      <MoneyField
        id="amount"
        label={t("after.amount", { currency: r.amount.currency })}
        currency={r.amount.currency}
        value={amount}
        error={faults.amount}
        onChange={setAmount}
      />
      <TextField id="note" rows={2} label={t("after.note")} value={note} error={faults.note} onChange={(e) => setNote(e.target.value)} />
      <div className={styles.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("after.acknowledge-do")}
        </Button>
      </div>
    </form>
  );
}
