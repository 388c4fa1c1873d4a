import { lazy, Suspense } from "react";
import { Attachments } from "../attachment/lazy";
import styles from "../proposal/Proposal.module.css";
import type { Content, ProposalForm } from "../proposal/proposal";
import { fund } from "../shell/fund";
import { Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";
import type { Report } from "./data";
import Results from "./Results";

const AnswersSaid = lazy(async () => ({ default: (await import("../proposal/answers/Said")).AnswersSaid }));

/** A report to read: what was reached, what is said, its files, and the hash of each version. */
export default function Reading({ report, form }: { report: Report; form: ProposalForm }) {
  const { t } = useWords();
  return (
    <div className={`${styles.sheet} ${styles.stack}`}>
      <section className={styles.part}>
        <h2 className={styles.head}>{t("results.title")}</h2>
        <Results report={report} />
      </section>
      <Suspense fallback={<Waiting />}>
        <AnswersSaid form={form} content={{ answers: report.answers, language: report.language } as Content} organisations={[]} />
      </Suspense>
      {report.id && (
        <Suspense fallback={<Waiting />}>
          <Attachments kind="report" subject={report.id} heading />
        </Suspense>
      )}
      {report.versions.length > 0 && (
        <section className={styles.part}>
          <h2 className={styles.head}>{t("report.versions")}</h2>
          <ol className={styles.plain}>
            {report.versions.map((v) => (
              <li key={v.n}>
                <p>
                  {t("report.version", { n: v.n })} <DateTime value={v.at} zone={fund.zone} /> {v.by && <bdi>{v.by}</bdi>}
                </p>
                <p className={styles.quiet} dir="ltr" style={{ overflowWrap: "anywhere" }}>
                  SHA-256 {v.hash}
                </p>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
