import { useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { client } from "../api/client";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { bringArea, useWords } from "../words/i18n";
import { Standing, useTitle } from "./Calendar";
import { type Report, useReport, useReportForm } from "./data";

const Writing = lazy(() => import("./Writing"));
const Reading = lazy(() => import("./Reading"));
const Finding = lazy(() => import("./Finding"));
const Findings = lazy(() => import("./Findings"));
const WithWords = lazy(async () => {
  await bringArea("proposal");
  return { default: ({ children }: { children: ReactNode }) => children };
});

/** A narrative report: to be begun, written, read, or found on, as it is and as who opens it may. */
export default function ReportPage() {
  const { t, language } = useWords();
  const { id, key } = useParams<{ id: string; key: string }>();
  const title = useTitle();
  const session = useSession();
  const report = useReport(id, key, language);
  const form = useReportForm(report.data?.form);
  const [written, setWritten] = useState(0);
  if (report.error && !report.data) return <Trouble error={report.error} again={() => void report.refetch()} />;
  if (form.error) return <Trouble error={form.error} again={() => void form.refetch()} />;
  if (!report.data || !form.data || !session.data) return <Waiting />;
  const r = report.data;
  const writes = r.may.includes("report.save");
  return (
    <>
      <PageHead
        title={title(r)}
        lead={<bdi dir="auto">{r.programme.title}</bdi>}
        crumbs={
          <>
            <Link href={`/programmes/${id}/reports`}>{t("reports.title")}</Link> / <bdi dir="ltr">{r.programme.code}</bdi>
          </>
        }
        actions={
          !writes &&
          r.id && (
            <Button tone="quiet" onClick={() => print()}>
              {t("report.print")}
            </Button>
          )
        }
      />
      <div className={styles.stack}>
        <dl className={styles.facts}>
          <div>
            <dt>{t("reports.state")}</dt>
            <dd>
              <Standing line={{ ...r, came_at: r.versions[0]?.at ?? null }} />
            </dd>
          </div>
          {r.from && r.to && (
            <div>
              <dt>{t("reports.period")}</dt>
              <dd>
                <Day value={r.from} /> – <Day value={r.to} />
              </dd>
            </div>
          )}
          <div>
            <dt>{t("reports.due")}</dt>
            <dd>{r.due_on ? <Day value={r.due_on} /> : t("reports.not-asked")}</dd>
          </div>
        </dl>
        <Suspense fallback={<Waiting />}>
          <WithWords>
            {r.findings.length > 0 && <Findings report={r} form={form.data} />}
            {!r.id && <Beginning report={r} onBegun={() => void report.refetch()} />}
            {r.id && writes && (
              <Writing
                key={`${id} ${key} ${written}`}
                programme={id}
                report={r}
                form={form.data}
                person={session.data.person.id}
                onSubmitted={() => setWritten((n) => n + 1)}
              />
            )}
            {r.id && !writes && <Reading report={r} form={form.data} />}
            {r.may.includes("report.find") && <Finding programme={id} report={r} form={form.data} />}
          </WithWords>
        </Suspense>
      </div>
    </>
  );
}

/** What the report is to say, and the act that begins it. */
function Beginning({ report, onBegun }: { report: Report; onBegun: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const begin = useAct(
    async (key: string) =>
      client.POST("/programmes/{id}/reports/{key}/beginning", {
        params: { path: { id: report.programme.id, key: report.key }, header: { "Idempotency-Key": key } },
      }),
    async () => {
      onBegun();
      await queries.invalidateQueries({ queryKey: ["reports"] });
    },
  );
  return (
    <section className={styles.card}>
      <h2>{t("report.asked")}</h2>
      <p>{t(report.kind === "final" ? "report.asked-final" : "report.asked-annual")}</p>
      <ErrorSummary problem={begin.problem} names={{}} />
      {report.may.includes("report.begin") ? (
        <div className={styles.acts}>
          <Button tone="main" busy={begin.busy} onClick={() => void begin.run()}>
            {t("report.begin")}
          </Button>
        </div>
      ) : (
        <p className={styles.quiet}>{t("report.not-yet")}</p>
      )}
    </section>
  );
}
