import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { unbroken } from "../ui/unbroken";
import { bringArea, useWords } from "../words/i18n";
import {
  type Arithmetic,
  named,
  type Question,
  type Rules,
  underWay,
  useArithmetic,
  useInterestName,
  useMeeting,
  useQuestion,
  useRules,
} from "./data";
import styles from "./decision.module.css";
import { adoptionTakes, ifNobodySpeaks, ifOneLeaves, toneOf } from "./sentences";

// Brought for those who take positions.
const PositionForm = lazy(() => import("./PositionForm"));
const Chair = lazy(() => import("./Chair"));
const Asked = lazy(() => import("../condition/Asked"));
const Interests = lazy(() => import("./Interests"));
const Before = lazy(() => import("./Before"));
const Electing = lazy(() => import("./Electing"));
const RollCall = lazy(() => import("./RollCall"));
const Emptied = lazy(() => import("./Emptied"));
const Writing = lazy(() => import("../writing/Writing"));
const Texts = lazy(() => import("./Texts"));
const Ladder = lazy(() => import("./Ladder"));
const Mandates = lazy(() => import("./Mandates"));
const Referendum = lazy(() => import("./Referendum"));
const Papers = lazy(async () => (await Promise.all([import("./Papers"), bringArea("records")]))[0]);

/** One item: what is decided, what happens if nobody speaks, who counts, and one's own position. */
export default function QuestionPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const question = useQuestion(params.id);
  const q = question.data;
  const rules = useRules(q?.charter_version).data;
  const kindOf = useInterestName(rules);
  const counted = useArithmetic(q).data;
  const meeting = useMeeting(q?.meeting ?? "none").data;
  if (question.error && !q) return <Trouble error={question.error} again={() => void question.refetch()} />;
  if (!q || !rules) return <Waiting />;
  const crumbs = (
    <>
      <Link href="/meetings">{t("meetings.title")}</Link> /{" "}
      {q.in_writing ? (
        <>
          <Link href="/in-writing">{t("meetings.in-writing")}</Link> / <bdi dir="ltr">{q.in_writing.ref}</bdi>
        </>
      ) : (
        <>
          <Link href={`/meetings/${q.meeting}`}>{meeting?.ref ?? t("decide.meeting")}</Link> / {t("decide.item", { number: q.item })}
        </>
      )}
    </>
  );
  if (q.hidden)
    return (
      <>
        <PageHead title={q.title || (q.in_writing?.ref ?? t("decide.item", { number: q.item }))} crumbs={crumbs} />
        <div className={styles.note}>
          <p>{t("decide.hidden")}</p>
          <p>
            {t("decide.hidden-why", {
              why: kindOf(q.hidden),
            })}
          </p>
        </div>
      </>
    );
  return (
    <>
      <PageHead title={q.title} crumbs={crumbs} actions={<Tag tone={toneOf(q.state)}>{t(`question.state.${q.state}`)}</Tag>} />
      <div className={styles.two}>
        <div className={styles.stack}>
          {!(q.in_writing && underWay(q.state)) && <State question={q} counted={counted} rules={rules} />}
          {q.in_writing && (
            <Suspense fallback={<Waiting />}>
              <Writing question={q} counted={counted} rules={rules} />
            </Suspense>
          )}
          <Stake question={q} />
          {q.election && (
            <Suspense>
              <Electing question={q} of={q.election} />
            </Suspense>
          )}
          {(q.change || q.conditions || q.waives) && (
            <Suspense>
              <Asked of={q} />
            </Suspense>
          )}
          <section className={styles.tight}>
            <h2>{t("decide.text")}</h2>
            <p className={styles.text} lang={q.language} dir="auto">
              {unbroken(q.text ?? "")}
            </p>
            {q.rules && (
              <p>
                <Link href={`/charter/drafts/${q.rules.id}`}>{t("decide.rules", { ref: q.rules.ref })}</Link>
              </p>
            )}
            {q.proposal && (
              <p>
                <Link href={`/dossiers/${q.proposal}`}>{t("decide.proposal", { ref: q.proposal_ref ?? "" })}</Link>
              </p>
            )}
            <Suspense>
              <Papers question={q} />
            </Suspense>
          </section>
          {counted && q.may.includes("position.take") && (
            <Suspense fallback={<Waiting />}>
              <PositionForm key={q.text_version} question={q} counted={counted} rules={rules} />
            </Suspense>
          )}
          {(q.may.includes("text.propose") || q.texts || (q.text_version ?? 1) > 1) && (
            <Suspense>
              <Texts question={q} counted={counted} />
            </Suspense>
          )}
          {(q.mandates || q.may.includes("mandate.raise")) && (
            <Suspense>
              <Mandates question={q} />
            </Suspense>
          )}
          {q.referendum && (
            <Suspense>
              <Referendum of={q.referendum} question={q.id} mine={q.may.includes("position.confirm")} />
            </Suspense>
          )}
          {(q.ladder || q.follows || q.may.includes("question.unresolve")) && (
            <Suspense>
              <Ladder question={q} />
            </Suspense>
          )}
          {counted && q.procedure === "vote" && q.state === "open" && (
            <Suspense>
              <RollCall question={q} counted={counted} />
            </Suspense>
          )}
          {counted && (
            <Suspense>
              <Chair question={q} counted={counted} rules={rules} />
            </Suspense>
          )}
          <Suspense>
            <Interests question={q} rules={rules} />
          </Suspense>
          <Suspense>
            <Before of={q.id} />
          </Suspense>
        </div>
        {counted && (
          <div className={styles.stack}>
            <Count counted={counted} rules={rules} question={q} />
            <Members counted={counted} rules={rules} question={q} />
          </div>
        )}
      </div>
    </>
  );
}

function State({ question: q, counted, rules }: { question: Question; counted: Arithmetic | undefined; rules: Rules }) {
  const { t } = useWords();
  if (q.state === "listed" || q.state === "open") {
    const s = counted && ifNobodySpeaks(q, counted, rules);
    return (
      <div className={`${styles.note} ${q.state === "listed" ? styles.over : ""}`} role="status">
        <p>
          {q.state === "open" && q.opened_at ? (
            <>
              {t("decide.open-since")} <DateTime value={q.opened_at} zone={fund.zone} />
            </>
          ) : (
            t("decide.listed")
          )}
        </p>
        {s && <p>{t(s.id, s.values)}</p>}
      </div>
    );
  }
  return (
    <div className={`${styles.note} ${q.state === "adopted" ? styles.calm : styles.over}`}>
      <p>{t(`decide.closed.${q.state}`, { n: q.voided?.version })}</p>
      {q.voided && <p dir="auto">{q.voided.reason}</p>}
      {q.withdrawal?.reason && (
        <p>
          <bdi>{q.withdrawal.by}</bdi>: <q dir="auto">{q.withdrawal.reason}</q>
        </p>
      )}
      {q.closed_at && (
        <p>
          <DateTime value={q.closed_at} zone={fund.zone} />
        </p>
      )}
    </div>
  );
}

/** The sum, in one sentence; then whose parts it has. */
function Stake({ question: q }: { question: Question }) {
  const { t } = useWords();
  const { name } = useNames();
  const move = q.pipeline;
  if (move || !q.amount)
    return (
      <>
        <p className={styles.sentence}>
          {move
            ? t(q.amount ? "decide.selected" : move.move === "enter" ? "decide.pipeline.enter" : "decide.pipeline.leave", {
                ref: move.ref || q.proposal_ref || move.title,
              })
            : t("decide.no-money")}
        </p>
        {q.amount && (
          <p className={styles.sentence}>
            {t("decide.preparation")} <Amount value={q.amount.amount} currency={q.amount.currency} strong />{" "}
            <bdi>{name(q.shares?.[0]?.code ?? "")}</bdi>
          </p>
        )}
      </>
    );
  const shares = q.shares ?? [];
  return (
    <div className={styles.tight}>
      <p className={styles.sentence}>
        {t("decide.sum-before")} <Amount value={q.amount.amount} currency={q.amount.currency} strong /> {t("decide.sum-after")}
      </p>
      <ul className={`${styles.rows} ${styles.card}`}>
        {shares.map((s) => (
          <li key={s.organisation} className={styles.row}>
            <bdi>{name(s.code)}</bdi>
            <Amount value={s.amount.amount} currency={s.amount.currency} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Who sits, who is there, what is needed and what one more leaving would do. */
function Count({ counted: n, rules, question: q }: { counted: Arithmetic; rules: Rules; question: Question }) {
  const { t, language } = useWords();
  const takes = adoptionTakes(n);
  const leaves = ifOneLeaves(n);
  const constituency = (key: string) => named(rules.constituencies.find((k) => k.key === key)?.name, language, key);
  const recused = n.seats.filter((s) => s.counts && s.recused).length;
  return (
    <section className={styles.card} aria-labelledby="count">
      <h2 id="count">{t("count.title")}</h2>
      <dl className={styles.facts}>
        <dt>{t("count.sit")}</dt>
        <dd>{n.seats.filter((s) => s.counts).length}</dd>
        <dt>{t("count.recused")}</dt>
        <dd>{recused}</dd>
        {!q.in_writing && (
          <>
            <dt>{t("count.present")}</dt>
            <dd>{n.quorum.present}</dd>
          </>
        )}
        {n.quorum.applies && (
          <>
            <dt>{t("count.quorum")}</dt>
            <dd>
              {t("count.quorum-of", { needed: n.quorum.needed, base: n.quorum.base })}{" "}
              <Tag tone={n.quorum.met ? "good" : "bad"}>{t(n.quorum.met ? "count.met" : "count.not-met")}</Tag>
            </dd>
          </>
        )}
      </dl>
      <p>{t(takes.id, takes.values)}</p>
      <Suspense>
        <Emptied counted={n} rules={rules} />
      </Suspense>
      {leaves && (q.state === "open" || q.state === "listed") && (
        <p>
          {t(leaves.id, { constituencies: new Intl.ListFormat(language, { type: "disjunction" }).format(leaves.of.map(constituency)) })}
        </p>
      )}
      {n.quorum.applies && n.quorum.constituencies.some((k) => k.needed > 0) && (
        <details className={styles.more}>
          <summary>{t("count.constituencies")}</summary>
          <ul className={styles.rows}>
            {n.quorum.constituencies.map((k) => (
              <li key={k.key} className={styles.row}>
                <span>{constituency(k.key)}</span>
                <span className={styles.quiet}>
                  {t("count.of-constituency", { present: k.present, sitting: k.sitting, recused: k.recused, needed: k.needed })}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

function Members({ counted: n, rules, question: q }: { counted: Arithmetic; rules: Rules; question: Question }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const kindOf = useInterestName(rules);
  const positions = rules.procedures.find((p) => p.procedure === n.procedure)?.positions ?? [];
  const reasons = new Map((q.positions ?? []).filter((p) => !p.late).map((p) => [p.seat, p]));
  const constituency = (key: string) => named(rules.constituencies.find((k) => k.key === key)?.name, language, key);
  return (
    <section className={styles.card} aria-labelledby="members">
      <h2 id="members">{t("members.title")}</h2>
      {n.positions && q.state !== "listed" && (
        <p className={styles.quiet}>
          {t("members.tally", { joins: n.positions.joins, silent: n.positions.silent, blocks: n.positions.blocks })}
        </p>
      )}
      <ul className={styles.rows}>
        {n.seats.map((s) => {
          const said = positions.find((p) => p.key === s.position);
          const reason = s.position ? reasons.get(s.seat)?.reason : undefined;
          return (
            <li key={s.seat} className={styles.row}>
              <span>
                <span className={styles.who}>
                  <bdi>{name(s.organisation)}</bdi>
                </span>
                <span className={styles.quiet}>
                  {s.constituency === "chair"
                    ? t("members.chair")
                    : s.recused && s.reason
                      ? t("members.recused-why", {
                          why: kindOf(s.reason),
                        })
                      : constituency(s.constituency)}
                </span>
                {reason && (
                  <q className={styles.said} dir="auto">
                    {reason}
                  </q>
                )}
              </span>
              {s.recused ? (
                <Tag tone="warn">{t("members.recused")}</Tag>
              ) : said ? (
                <Tag
                  tone={({ joins: "good", blocks: "bad", waits: "warn", "ad-referendum": "warn", aside: "plain" } as const)[said.effect]}
                >
                  {named(said.name, language, said.key)}
                </Tag>
              ) : !s.present ? (
                <span className={styles.quiet}>{t("members.absent")}</span>
              ) : (
                <span className={styles.quiet}>
                  {t(s.decides ? (s.silent && q.state !== "listed" ? "members.silent" : "members.present") : "members.presides")}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
