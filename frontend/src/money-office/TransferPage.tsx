import type { ReactNode } from "react";
import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { useNames } from "../api/organisations";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useAct, useRead } from "./office";
import { ButtonLink, Facts, Sum, Written } from "./parts";
import { Missing, StageTag, type Transfer, waiting } from "./transfers";

const Tranche = lazy(async () => (await Promise.all([import("./Tranche"), bringArea("tranche")]))[0]);
const Afterwards = lazy(async () => (await Promise.all([import("./Afterwards"), bringArea("after")]))[0]);

/** One transfer: every step with who took it and when, what is missing by name, and the step that waits for me. */
export default function TransferPage() {
  const { t } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const { id = "" } = useParams();
  const request = useRead<Transfer>(`/transfer-requests/${id}`);
  const withdrawal = useAct();
  const [withdrawing, setWithdrawing] = useState(false);
  if (request.error) return <Trouble error={request.error} again={() => void request.refetch()} />;
  if (!request.data) return <Waiting />;
  const r = request.data;
  const act = waiting(r);
  return (
    <>
      <PageHead
        title={t("office.transfer", { ref: r.ref })}
        lead={<Written>{r.purpose}</Written>}
        crumbs={<Link href="/transfers">{t("office.transfers")}</Link>}
        actions={
          <>
            {r.may.includes("transfer.withdraw") && (
              <Button tone="danger" onClick={() => setWithdrawing(true)}>
                {t("office.withdraw")}
              </Button>
            )}
            {act && (
              <ButtonLink href={`/transfers/${id}/step`} main>
                {t(`office.act.${act}`)}
              </ButtonLink>
            )}
          </>
        }
      />
      <Facts
        facts={[
          { name: t("office.amount"), value: <Sum of={r.amount} named />, figure: true },
          { name: t("office.organisation"), value: <bdi>{short(r.organisation.code)}</bdi> },
          { name: t("office.programme"), value: <bdi>{r.programme.code}</bdi> },
          { name: t("office.decision"), value: <bdi>{r.decision.number}</bdi> },
          { name: t("office.state"), value: <StageTag stage={r.stage} /> },
        ]}
      />
      <div className={styles.stack}>
        {r.missing.length > 0 && <Missing codes={r.missing} held={r.held} />}
        {r.tranche && (
          <Suspense fallback={<Waiting />}>
            <Tranche of={r.tranche} since={r.complete_since} payBy={r.pay_by} />
          </Suspense>
        )}
        <section aria-labelledby="steps" className={styles.titled}>
          <h2 id="steps">{t("office.steps")}</h2>
          <ol className={styles.steps}>
            <Step name={t("office.step.requested")} step={r.requested} />
            <Step name={t("office.step.signed")} step={r.signed} />
            <Step name={t("office.step.prepared")} step={r.prepared} />
            {r.two_releasers && <Step name={t("office.step.release-begun")} step={r.release_begun} />}
            <Step name={t("office.step.released")} step={r.released}>
              {r.release_voucher && <Link href={`/vouchers/${r.release_voucher}`}>{t("office.voucher")}</Link>}
            </Step>
            <li className={styles.step}>
              <span className={styles.stepName}>{t("office.step.sent")}</span>
              {r.sent_on ? (
                <>
                  <bdi>{r.sent_by}</bdi>
                  <Day value={r.sent_on} />
                  {r.transfer_voucher && <Link href={`/vouchers/${r.transfer_voucher}`}>{t("office.voucher")}</Link>}
                </>
              ) : (
                <span className={styles.notYet}>{t("office.not-yet")}</span>
              )}
            </li>
          </ol>
        </section>
        <p className={styles.rule}>{t("office.two-people")}</p>
        <Suspense fallback={<Waiting />}>
          <Afterwards of={r} />
        </Suspense>
      </div>
      {withdrawing && (
        <Dialog
          title={t("office.withdraw-title", { ref: r.ref })}
          onClose={() => setWithdrawing(false)}
          actions={
            <>
              <Button onClick={() => setWithdrawing(false)}>{t("dialog.cancel")}</Button>
              <Button
                tone="danger"
                busy={withdrawal.busy}
                onClick={async () => {
                  if (!(await withdrawal.run(`/transfer-requests/${id}/withdrawal`, undefined, { version: r.version }))) return;
                  setWithdrawing(false);
                  toast(t("office.withdrawn", { ref: r.ref }));
                }}
              >
                {t("office.withdraw")}
              </Button>
            </>
          }
        >
          <ErrorSummary problem={withdrawal.problem} />
          <p>{t("office.withdraw-lead")}</p>
        </Dialog>
      )}
    </>
  );
}

function Step({ name, step, children }: { name: string; step: Schemas["Step"] | null; children?: ReactNode }) {
  const { t } = useWords();
  return (
    <li className={styles.step}>
      <span className={styles.stepName}>{name}</span>
      {step ? (
        <>
          <bdi>{step.name}</bdi>
          <DateTime value={step.at} zone={fund.zone} />
          {children}
        </>
      ) : (
        <span className={styles.notYet}>{t("office.not-yet")}</span>
      )}
    </li>
  );
}
