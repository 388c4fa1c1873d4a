import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import beside from "../assessment/assessment.module.css";
import { Reading } from "../assessment/Reading";
import { useProposal } from "../assessment/useProposal";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";
import { Counsel } from "./Counsel";
import type { AdviceRequest } from "./data";

const GiveAdvice = lazy(() => import("./GiveAdvice"));

/** What an expert is asked about, to read, and the advice beside it. What is no longer theirs to read is not shown. */
export default function AdvicePage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const request = useQuery({
    queryKey: ["advice", params.id],
    queryFn: async () => (await client.GET("/advice-requests/{id}", { params: { path: { id: params.id } } })).data!,
  });
  const r = request.data;
  const readable = r !== undefined && (r.state === "waiting" || r.state === "given");
  const proposal = useProposal(r?.proposal ?? "", readable);
  const rules = useRules(proposal.data?.charter_version).data;
  if (request.error) return <Trouble error={request.error} again={() => void request.refetch()} />;
  if (!r || (readable && !proposal.data && !proposal.error)) return <Waiting />;
  return (
    <>
      <PageHead title={t("advice.about", { ref: r.ref })} crumbs={<Link href="/advice">{t("advice.title")}</Link>} />
      {proposal.data && rules ? (
        <div className={beside.beside}>
          <Reading proposal={proposal.data} rules={rules} />
          <Request r={r} />
        </div>
      ) : (
        <div className={styles.stack}>
          <p className={styles.quiet}>{t("advice.over")}</p>
          <Request r={r} />
        </div>
      )}
    </>
  );
}

function Request({ r }: { r: AdviceRequest }) {
  const { t, language } = useWords();
  return (
    <div className={styles.stack}>
      <section className={styles.card} aria-labelledby="asked">
        <h2 id="asked">
          {t("advice.on")} <Counsel request={r} />
        </h2>
        <p lang={r.language} dir="auto">
          {r.text}
        </p>
        {r.objectives.length > 0 && (
          <p className={styles.quiet}>{t("advice.why", { objectives: new Intl.ListFormat(language).format(r.objectives.map(String)) })}</p>
        )}
        <p>
          {/* It ends as the next day begins: the minute before is the last of the last day. */}
          {t("advice.until")} <DateTime value={new Date(Date.parse(r.due) - 60_000).toISOString()} zone={fund.zone} />
        </p>
        {r.outcome && (
          <p className={styles.text} lang={r.outcome.language} dir="auto">
            {r.outcome.text}
          </p>
        )}
      </section>
      {r.may.includes("advice.decline") && (
        <Suspense fallback={<Waiting />}>
          <GiveAdvice request={r} />
        </Suspense>
      )}
    </div>
  );
}
