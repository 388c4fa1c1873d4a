import { lazy, Suspense } from "react";
import { Link, useParams } from "wouter";
import { useAttachments } from "../attachment/data";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Deadline } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Tag } from "../ui/Tag/Tag";
import { TaskList } from "../ui/TaskList/TaskList";
import { useWords } from "../words/i18n";
import { AsFile } from "./AsFile";
import { Endorsed } from "./Endorsed";
import styles from "./Proposal.module.css";
import { named, type Proposal, statesOf, tasksOf, titleOf, useCall, useForm, useLacks, useProposal } from "./proposal";
import { stageTones } from "./stages";

// A writer's list of tasks needs neither the text nor the questions: they come when they are shown.
const acts = () => import("./Acts");
const Endorsing = lazy(async () => ({ default: (await acts()).Endorsing }));
const Withdrawing = lazy(async () => ({ default: (await acts()).Withdrawing }));
const Said = lazy(async () => ({ default: (await import("./Said")).Said }));
const Screened = lazy(() => import("../screening/Screened"));
const Behalf = lazy(() => import("../screening/Behalf"));
const Clarifications = lazy(() => import("../review/Clarifications"));
const Reopened = lazy(() => import("../changes/Reopened"));

/** One proposal: to its writer while it is written a list of tasks, to everybody else what it says. */
export default function ProposalPage() {
  const { id } = useParams<{ id: string }>();
  const proposal = useProposal(id);
  const { t } = useWords();
  if (proposal.error) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (!proposal.data) return <Waiting />;
  const p = proposal.data;
  const writing = p.may.includes("proposal.save");
  return (
    <>
      <PageHead
        title={p.title || t("proposal.untitled", { ref: p.ref })}
        crumbs={
          <>
            <Link href="/proposals">{t("nav.proposals")}</Link> / <bdi>{p.ref}</bdi>
          </>
        }
        actions={
          <>
            <AsFile id={id} />
            <Button tone="quiet" onClick={() => print()}>
              {t("proposal.print")}
            </Button>
          </>
        }
      />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Standing p={p} />
          <Suspense fallback={<Waiting />}>
            {p.reopening && <Reopened proposal={p} />}
            {p.submission?.on_behalf && <Behalf p={p} />}
            {p.screening && <Screened p={p} />}
            {p.submission && <Clarifications p={p} />}
            {p.may.includes("proposal.endorse") && <Endorsing p={p} />}
            {writing ? <Writing p={p} /> : <Said p={p} />}
            {p.may.includes("proposal.withdraw") && <Withdrawing p={p} />}
          </Suspense>
        </div>
        <Facts p={p} />
      </div>
    </>
  );
}

/** Where it stands, and why: the screening's reason on top of all else. */
function Standing({ p }: { p: Proposal }) {
  const { t } = useWords();
  const tone = { returned: "", ineligible: styles.bad, declined: styles.bad, eligible: styles.good, approved: styles.good }[
    p.stage as string
  ];
  if (p.stage === "draft") return null;
  return (
    <section className={`${styles.banner} ${tone ?? styles.calm}`}>
      <h2>{t(`standing.${p.stage}`)}</h2>
      {p.screening?.reason && p.screening.outcome === p.stage && (
        <p className={styles.quote} dir="auto">
          {p.screening.reason}
        </p>
      )}
      <p>{t(`standing.${p.stage}.next`)}</p>
    </section>
  );
}

function Writing({ p }: { p: Proposal }) {
  const { t, language } = useWords();
  const lacks = useLacks(p.id, language);
  const files = useAttachments({ kind: "proposal", subject: p.id });
  const states = statesOf(p, lacks.data, files.data?.items);
  const form = useForm(p.phase, p.form);
  const missing = lacks.data?.lacks.length ?? 0;
  if (!form.data) return <Waiting />;
  const open = Object.fromEntries((lacks.data?.sections ?? []).map((s) => [s.section, s.missing]));
  return (
    <section className={styles.stack}>
      <h2 className="unseen">{t("proposal.tasks")}</h2>
      <TaskList
        label={t("proposal.tasks")}
        tasks={tasksOf(form.data).map((key) => ({
          name: titleOf(form.data, key, t, language),
          href: `/proposals/${p.id}/${key}`,
          state: key === "check" ? "not-started" : (states[key] ?? "not-started"),
          note:
            key === "check" && lacks.data
              ? missing > 0
                ? t("task.check.missing", { count: missing })
                : t("task.check.ready")
              : key === "endorsement" && p.state === null
                ? t("task.endorsement.no-state")
                : ["attachments", "endorsement", "check"].includes(key)
                  ? t(`task.${key}.lead`)
                  : (open[key] ?? 0) > 0
                    ? t("form.missing", { count: open[key] })
                    : named(form.data.sections.find((s) => s.key === key)?.lead, language),
        }))}
      />
    </section>
  );
}

function Facts({ p }: { p: Proposal }) {
  const { t } = useWords();
  const { data: session } = useSession();
  const call = useCall(p.call);
  const n = p.submission?.n ?? 0;
  const mine = session?.hat?.role === "applicant";
  return (
    <aside className={styles.aside} aria-label={t("proposal.facts")}>
      <dl className={styles.facts}>
        <div>
          <dt>{t("proposal.stage")}</dt>
          <dd>
            <Tag tone={stageTones[p.stage]}>{t(`stage.${p.stage}`)}</Tag>
          </dd>
        </div>
        <div>
          <dt>{t("proposal.call")}</dt>
          <dd>
            <Link href={`/calls/${p.call}`}>{call.data ? <bdi dir="auto">{call.data.title}</bdi> : p.call_ref}</Link>
          </dd>
        </div>
        {call.data && p.stage === "draft" && !p.submission && (
          <div>
            <dt className="unseen">{t("call.closes")}</dt>
            <dd>
              <Deadline label={t("call.closes")} value={call.data.closes_at!} zone={fund.zone} />
            </dd>
          </div>
        )}
        {p.due && (
          <div>
            <dt className="unseen">{t("proposal.due")}</dt>
            <dd>
              <Deadline label={t("proposal.due")} value={p.due} zone={fund.zone} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t("proposal.by")}</dt>
          <dd>
            <bdi>{p.organisation.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>
            <Link href={`/proposals/${p.id}/endorsements`}>{t("task.endorsement")}</Link>
          </dt>
          <dd>
            <Endorsed p={p} />
          </dd>
        </div>
        {mine && (
          <div>
            <dt className="unseen">{t("proposal.team")}</dt>
            <dd>
              <Link href={`/proposals/${p.id}/team`}>{t("proposal.team")}</Link>
            </dd>
          </div>
        )}
        {n > 0 && (
          <div>
            <dt>{t("proposal.versions")}</dt>
            <dd>
              <ul className={styles.plain}>
                {Array.from({ length: n }, (_, i) => n - i).map((i) => (
                  <li key={i}>
                    <Link href={`/proposals/${p.id}/versions/${i}`}>{t("proposal.version", { n: i })}</Link>
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {p.submission && (
          <div>
            <dt>{t("receipt.title")}</dt>
            <dd>
              {mine ? (
                <Link href={`/proposals/${p.id}/receipt`}>
                  <bdi>{p.submission.receipt}</bdi>
                </Link>
              ) : (
                <bdi>{p.submission.receipt}</bdi>
              )}
              <br />
              <span className={styles.quiet}>
                <DateTime value={p.submission.at} zone={fund.zone} />
              </span>
            </dd>
          </div>
        )}
      </dl>
    </aside>
  );
}
