import { lazy, Suspense } from "react";
import { useParams } from "wouter";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { useWords } from "../words/i18n";
import { Calendar } from "./Calendar";
import { useReporting } from "./data";

const Closing = lazy(() => import("./Closing"));

/** What a programme reports, and when: for everybody who has to do with it. */
export default function ReportsPage() {
  const { t } = useWords();
  const { id } = useParams<{ id: string }>();
  const reporting = useReporting(id);
  if (reporting.error && !reporting.data) return <Trouble error={reporting.error} again={() => void reporting.refetch()} />;
  if (!reporting.data) return <Waiting />;
  const { programme: p, items } = reporting.data;
  return (
    <>
      <PageHead title={t("reports.title")} lead={<bdi dir="auto">{p.title}</bdi>} crumbs={<bdi dir="ltr">{p.code}</bdi>} />
      <div className={styles.stack}>
        {p.starts_on && p.ends_on && (
          <p className={styles.quiet}>
            {t("reports.runs")} <Day value={p.starts_on} /> – <Day value={p.ends_on} />
          </p>
        )}
        <Calendar programme={id} items={items} />
        <Suspense fallback={<Waiting />}>
          <Closing reporting={reporting.data} />
        </Suspense>
      </div>
    </>
  );
}
