import { lazy, Suspense } from "react";
import { Link } from "wouter";
import beside from "../assessment/assessment.module.css";
import type { Proposal } from "../assessment/Reading";
import { Reading } from "../assessment/Reading";
import { useProposal } from "../assessment/useProposal";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useScreenings } from "../screening/data";
import { Appealed, Asked, Missed } from "../screening/Finding";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";

// Each submission comes to one of these at a time: what it comes to is brought.
const Behalf = lazy(() => import("../screening/Behalf"));
const Review = lazy(() => import("../review/Review"));
const Deciding = lazy(() => import("../screening/Deciding"));
const Screen = lazy(() => import("../screening/Screen"));

/** A submission and the secretariat's finding on it: the list, what is to be mended, the outcome; later the appeal against it. */
export default function ScreeningPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const proposal = useProposal(params.id);
  const file = useScreenings(params.id);
  const p = proposal.data;
  const rules = useRules(p?.charter_version).data;
  const failed = proposal.error ?? file.error;
  if (failed) return <Trouble error={failed} again={() => void Promise.all([proposal.refetch(), file.refetch()])} />;
  if (!p || !rules || !file.data) return <Waiting />;
  const last = file.data.findings[0];
  return (
    <>
      <PageHead title={t("screening.of", { ref: p.ref })} crumbs={<Link href="/screening">{t("screening.title")}</Link>} />
      <div className={beside.beside}>
        <Reading proposal={p} rules={rules} />
        <div className={styles.stack}>
          {p.submission?.on_behalf && (
            <Suspense>
              <Behalf p={p} />
            </Suspense>
          )}
          {p.may.includes("proposal.screen") ? (
            <Suspense fallback={<Waiting />}>
              <Screen p={p} file={file.data} />
            </Suspense>
          ) : (
            <Found p={p} />
          )}
          {last && (
            <>
              <Missed finding={last} checklist={file.data.checklist} />
              <Asked finding={last} written={p} />
              <Appealed appeal={last.appeal} />
            </>
          )}
          <Suspense>
            <Review p={p} />
          </Suspense>
          {file.data.may.includes("appeal.decide") && (
            <Suspense>
              <Deciding id={p.id} />
            </Suspense>
          )}
        </div>
      </div>
    </>
  );
}

/** The finding as it stands. */
function Found({ p }: { p: Proposal }) {
  const { t } = useWords();
  return (
    <>
      <div className={`${styles.note} ${p.screening?.outcome === "eligible" ? styles.calm : styles.over}`}>
        <p>{t(p.screening ? `screening.outcome.${p.screening.outcome}` : "screening.none")}</p>
        {p.screening && (
          <p>
            <DateTime value={p.screening.at} zone={fund.zone} />
          </p>
        )}
      </div>
      {p.screening?.reason && (
        <p className={styles.text} dir="auto">
          {p.screening.reason}
        </p>
      )}
      <p>
        <Link href="/screening">{t("screening.next")}</Link>
      </p>
    </>
  );
}
