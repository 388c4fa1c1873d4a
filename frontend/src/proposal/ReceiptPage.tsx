import { lazy, Suspense } from "react";
import { Link, Redirect, useParams } from "wouter";
import { Attachments } from "../attachment/lazy";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { readersZone } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import { useProposal } from "./proposal";

const Behalf = lazy(async () => (await Promise.all([import("../screening/Behalf"), bringArea("reading")]))[0]);

/** What was handed in, when, and the hash that proves its bytes. */
export default function ReceiptPage() {
  const { t } = useWords();
  const { id } = useParams<{ id: string }>();
  const proposal = useProposal(id);
  if (proposal.error) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (!proposal.data) return <Waiting />;
  const p = proposal.data;
  const s = p.submission;
  if (!s) return <Redirect to={`/proposals/${id}`} />;
  return (
    <>
      <PageHead
        title={t("receipt.of", { ref: p.ref })}
        crumbs={
          <>
            <Link href="/proposals">{t("nav.proposals")}</Link> / <Link href={`/proposals/${p.id}`}>{p.ref}</Link>
          </>
        }
        actions={
          <Button tone="quiet" onClick={() => print()}>
            {t("proposal.print")}
          </Button>
        }
      />
      <div className={styles.receipt}>
        <section className={`${styles.banner} ${styles.good}`}>
          <h2 dir="auto">{p.title}</h2>
          <p>{t("receipt.lead")}</p>
        </section>
        {s.on_behalf && (
          <Suspense>
            <Behalf p={p} />
          </Suspense>
        )}
        <dl className={`${styles.sheet} ${styles.facts}`}>
          <div>
            <dt>{t("receipt.number")}</dt>
            <dd>
              <bdi>{s.receipt}</bdi> {s.late && <Tag tone="warn">{t("receipt.late")}</Tag>}
            </dd>
          </div>
          <div>
            <dt>{t("receipt.at")}</dt>
            <dd>
              <DateTime value={s.at} zone={fund.zone} />
              {readersZone() !== fund.zone && (
                <>
                  <br />
                  <span className={styles.quiet}>
                    <DateTime value={s.at} />
                  </span>
                </>
              )}
            </dd>
          </div>
          <div>
            <dt>{t("receipt.amount")}</dt>
            <dd>
              <Amount value={p.amount.amount} currency={p.amount.currency} />
            </dd>
          </div>
          <div>
            <dt>{t("receipt.hash")}</dt>
            <dd className={styles.hash} dir="ltr">
              {s.hash}
            </dd>
            <dd className={styles.quiet}>{t("receipt.hash-hint")}</dd>
          </div>
        </dl>
        <Suspense fallback={<Waiting />}>
          <div className={styles.sheet}>
            <Attachments kind="proposal" subject={p.id} heading />
          </div>
        </Suspense>
        <p>
          <Link href={`/proposals/${p.id}/versions/${s.n}`}>{t("receipt.read")}</Link>
        </p>
      </div>
    </>
  );
}
