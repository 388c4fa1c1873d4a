import { type FormEvent, useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { unbroken } from "../ui/unbroken";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { today, useAct, useRead } from "./office";
import { ButtonLink, Facts, Sum, Written } from "./parts";
import { Missing, type Transfer, waiting } from "./transfers";

const paths: Record<string, string> = {
  "transfer.sign": "signature",
  "transfer.prepare": "preparation",
  "transfer.release": "release",
  "transfer.send": "sending",
};

/** Confirming one step: nothing stands here but what the server says is to be paid, to whom and on what decision. */
export default function TransferStepPage() {
  const { t } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const [, go] = useLocation();
  const { id = "" } = useParams();
  const request = useRead<Transfer>(`/transfer-requests/${id}`);
  const { run, busy, problem } = useAct();
  const [sent, setSent] = useState(today());
  if (request.error) return <Trouble error={request.error} again={() => void request.refetch()} />;
  if (!request.data) return <Waiting />;
  const r = request.data;
  const act = waiting(r);
  const crumbs = (
    <>
      <Link href="/transfers">{t("office.transfers")}</Link> / <Link href={`/transfers/${id}`}>{r.ref}</Link>
    </>
  );
  if (!act)
    return (
      <>
        <PageHead title={t("office.nothing-to-do", { ref: r.ref })} lead={t("office.nothing-to-do-lead")} crumbs={crumbs} />
        {r.missing.length > 0 && <Missing codes={r.missing} held={r.held} />}
        <p className={styles.acts}>
          <ButtonLink href={`/transfers/${id}`}>{unbroken(t("office.transfer", { ref: r.ref }))}</ButtonLink>
        </p>
      </>
    );
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || !act) return;
    const done = await run(`/transfer-requests/${id}/${paths[act]}`, act === "transfer.send" ? { sent_on: sent } : undefined, {
      version: r.version,
    });
    if (!done) return;
    toast(t(`office.done.${act}`, { ref: r.ref }));
    go(`/transfers/${id}`);
  }
  return (
    <>
      <PageHead title={t(`office.do.${act}`, { ref: r.ref })} lead={t(`office.explain.${act}`)} crumbs={crumbs} />
      <form className={`${styles.form} ${styles.panel}`} onSubmit={send} noValidate>
        <ErrorSummary problem={problem} />
        <Facts
          facts={[
            { name: t("office.amount"), value: <Sum of={r.amount} named />, figure: true },
            { name: t("office.to"), value: <bdi>{short(r.organisation.code)}</bdi>, figure: true },
            { name: t("office.programme"), value: <bdi>{r.programme.code}</bdi> },
            { name: t("office.decision"), value: <bdi>{r.decision.number}</bdi> },
            { name: t("office.transfer-ref"), value: <bdi>{r.ref}</bdi> },
            { name: t("office.purpose"), value: <Written>{r.purpose}</Written> },
          ]}
        />
        <p className={styles.rule}>{t("office.two-people")}</p>
        {act === "transfer.send" && (
          <Field
            id="sent_on"
            type="date"
            label={t("office.sent-on")}
            hint={t("office.sent-on-hint")}
            value={sent}
            error={faultsByField(problem).sent_on}
            onChange={(e) => setSent(e.target.value)}
          />
        )}
        <div className={styles.acts}>
          <Button tone="main" type="submit" busy={busy}>
            {t(`office.act.${act}`)}
          </Button>
          <ButtonLink href={`/transfers/${id}`}>{t("dialog.cancel")}</ButtonLink>
        </div>
      </form>
    </>
  );
}
