import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { named, type Rules, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import { useAssessments } from "./AssessmentsPage";
import own from "./assessment.module.css";
import { Reading } from "./Reading";
import type { Scores } from "./sheet";
import { useProposal } from "./useProposal";

// Brought beside the reading, which needs none of it.
const Result = lazy(() => import("./Result"));
const ScoreForm = lazy(() => import("./ScoreForm"));

const Review = lazy(() => import("../review/Review"));
// For what was mended after it was scored: most never are.
const Reopened = lazy(() => import("../changes/Reopened"));

/** The proposal left, the criteria right; once one's own score is in, others' and what they come to. */
export default function AssessmentPage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const { data: session } = useSession();
  const list = useAssessments();
  const mine = list.data?.find((a) => a.proposal.id === params.id);
  const conflicted = (mine?.interests.length ?? 0) > 0;
  const proposal = useProposal(params.id, list.data !== undefined && !conflicted);
  const p = proposal.data;
  const rules = useRules(p?.charter_version).data;
  const scores = useQuery({
    queryKey: ["scores", params.id],
    queryFn: async () => (await client.GET("/proposals/{id}/scores", { params: { path: { id: params.id } } })).data!,
    enabled: list.data !== undefined && !conflicted,
  });
  const [again, setAgain] = useState(false);
  const crumbs = <Link href="/assessments">{t("assess.title")}</Link>;
  const error = list.error ?? proposal.error;
  if (error) return <Trouble error={error} again={() => void (list.error ? list.refetch() : proposal.refetch())} />;
  if (mine && conflicted && rules)
    return (
      <>
        <PageHead title={t("reading.ref", { ref: mine.proposal.ref })} crumbs={crumbs} />
        <div className={styles.note}>
          <p>{t("assess.conflict")}</p>
          <p>
            {t("assess.conflict-why", {
              why: new Intl.ListFormat(language).format(
                mine.interests.map((k) => named(rules.interests.find((i) => i.key === k)?.name, language, k)),
              ),
            })}
          </p>
        </div>
      </>
    );
  if (!p || !rules || !session || !scores.data) return scores.error && p && rules ? <ReadOnly p={p} rules={rules} /> : <Waiting />;
  const sheet: Scores = scores.data;
  const given = mine?.scored && !sheet.blind ? sheet.scores.find((s) => s.own) : undefined;
  const form = mine?.may.includes("score.submit") && (!mine.scored || again);
  return (
    <>
      <PageHead
        title={t("reading.ref", { ref: p.ref })}
        crumbs={crumbs}
        lead={
          form && (
            <a href="#score" className={own.narrow}>
              {t("score.title")}
            </a>
          )
        }
      />
      <div className={own.beside}>
        <Reading proposal={p} rules={rules} />
        <div className={styles.stack}>
          <Suspense>{(p.reopening || sheet.earlier) && <Reopened proposal={p} earlier={sheet.earlier} />}</Suspense>
          <Suspense>
            <Review p={p} />
          </Suspense>
          {form ? (
            <Suspense fallback={<Waiting />}>
              <ScoreForm proposal={p} rules={rules} person={session.person.id} given={given} onSent={() => setAgain(false)} />
            </Suspense>
          ) : (
            <>
              <Suspense>
                <Result sheet={sheet} rules={rules} call={p.call} />
              </Suspense>
              {mine && sheet.may?.includes("score.submit") && (
                <div className={styles.acts}>
                  <Button onClick={() => setAgain(true)}>{t("assess.again")}</Button>
                </div>
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}

function ReadOnly({ p, rules }: { p: Parameters<typeof Reading>[0]["proposal"]; rules: Rules }) {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t("reading.ref", { ref: p.ref })} crumbs={<Link href="/assessments">{t("assess.title")}</Link>} />
      <Reading proposal={p} rules={rules} />
    </>
  );
}
