import { lazy, Suspense, useEffect } from "react";
import { Link } from "wouter";
import styles from "../decision/decision.module.css";
import { usePlaces } from "../screening/Finding";
import { fund } from "../shell/fund";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Tag, type Tone } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { type Asked, type Entry, hidden, type Thread, useClarifications, type Wish } from "./data";

// The pages that show it have no room for saying so themselves.
await Promise.all(["form", "reading", "review"].map(bringArea));

const Answering = lazy(() => import("./Answering"));
const asking = () => import("./Asking");
const Asking = lazy(async () => ({ default: (await asking()).Asking }));
const Further = lazy(async () => ({ default: (await asking()).Further }));
const Passing = lazy(async () => ({ default: (await asking()).Passing }));

const tones: Record<Thread["state"], Tone> = { open: "warn", answered: "good", withdrawn: "plain", lapsed: "plain" };

/** What was asked about each submission, and answered; forms to ask and to answer where that may be done. Nothing to whom it is not to be seen. */
export default function Clarifications({ p }: { p: Asked }) {
  const { t } = useWords();
  const file = useClarifications(p.id);
  const count = file.data?.clarifications.length;
  // A task or a notice leads to one thread, which comes later than the page.
  useEffect(() => {
    if (count && location.hash.startsWith("#clarification-")) document.querySelector(location.hash)?.scrollIntoView();
  }, [count]);
  if (file.error) return hidden(file.error) ? null : <Trouble error={file.error} again={() => void file.refetch()} />;
  if (!file.data) return <Waiting />;
  const { clarifications, wishes, may, days } = file.data;
  const ask = may.find((act) => act === "clarification.ask" || act === "clarification.wish");
  if (clarifications.length + wishes.length === 0 && !ask) return null;
  return (
    <section className={styles.stack} aria-labelledby="clarifications">
      <h2 id="clarifications">{t("review.clarifications")}</h2>
      {clarifications.length === 0 && <p className={styles.quiet}>{t("review.clarifications.empty")}</p>}
      {wishes.map((w) => (
        <Wished key={w.id} p={p} wish={w} settles={may.includes("clarification.ask")} />
      ))}
      {clarifications.map((x) => (
        <One key={x.id} p={p} thread={x} />
      ))}
      {ask && (
        <Suspense>
          <Asking p={p} wish={ask === "clarification.wish"} days={days} />
        </Suspense>
      )}
    </section>
  );
}

function Place({ p, field, section }: { p: Asked; field: string; section: string }) {
  const { t } = useWords();
  const places = usePlaces(p);
  return <>{field || section ? places.of({ field, section } as Parameters<typeof places.of>[0]) : t("review.whole")}</>;
}

function One({ p, thread: x }: { p: Asked; thread: Thread }) {
  const { t } = useWords();
  const id = `clarification-${x.number}`;
  return (
    <article id={id} className={`${styles.card} ${x.state === "open" ? styles.now : ""}`} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>
        {t("review.clarification", { n: x.number })}{" "}
        <Tag tone={x.overdue ? "bad" : tones[x.state]}>{x.overdue ? t("review.overdue") : t(`review.state.${x.state}`)}</Tag>
      </h3>
      <p className={styles.quiet}>
        <Place p={p} field={x.field} section={x.section} />
        {" · "}
        <Link href={`/proposals/${p.id}/versions/${x.version}`}>{t("review.version", { n: x.version })}</Link>
        {x.for_assessors && ` · ${t("review.for-assessors")}`}
      </p>
      {x.entries.map((e) => (
        <Said key={e.n} entry={e} open={x.state === "open" && e.n === x.entries.length} />
      ))}
      <Suspense fallback={<Waiting />}>
        {x.may.includes("clarification.draft") && <Answering p={p} thread={x} />}
        {(x.may.includes("clarification.ask") || x.may.includes("clarification.withdraw")) && <Further p={p} thread={x} />}
      </Suspense>
    </article>
  );
}

/** One word in a thread: whose side, when, and what. */
function Said({ entry: e, open }: { entry: Entry; open: boolean }) {
  const { t } = useWords();
  return (
    <div className={styles.tight}>
      <p className={styles.quiet}>
        <b>{t(`review.entry.${e.kind}`)}</b>
        {e.by && (
          <>
            {" · "}
            <bdi>{e.by}</bdi>
          </>
        )}
        {" · "}
        <DateTime value={e.at} zone={fund.zone} /> {e.late && <Tag tone="warn">{t("review.late")}</Tag>}
      </p>
      <p className={e.kind === "answered" ? styles.text : undefined} lang={e.language} dir="auto">
        {e.text}
      </p>
      {e.files.length > 0 && (
        <p>
          {t("review.files")}{" "}
          {e.files.map((f, i) => (
            <span key={f.id}>
              {i > 0 && " · "}
              <a href={`/api/v1/attachments/${f.id}/content`} download>
                <bdi>{f.name}</bdi>
              </a>
            </span>
          ))}
        </p>
      )}
      {open && e.due && (
        <p>
          {/* It ends as the next day begins: the minute before is the last of the last day. */}
          {t("review.answer-until")} <DateTime value={new Date(Date.parse(e.due) - 60_000).toISOString()} zone={fund.zone} />
        </p>
      )}
    </div>
  );
}

/** What an assessor would have asked: to its author how it stands, to the secretariat to pass on or to refuse. */
function Wished({ p, wish: w, settles }: { p: Asked; wish: Wish; settles: boolean }) {
  const { t } = useWords();
  const open = !w.passed && w.refusal === "";
  return (
    <article className={`${styles.card} ${open ? styles.now : ""}`} aria-labelledby={`wish-${w.id}`}>
      <h3 id={`wish-${w.id}`}>
        {t("review.wish")}{" "}
        <Tag tone={open ? "warn" : "plain"}>{t(open ? "review.wish.open" : w.passed ? "review.wish.passed" : "review.wish.refused")}</Tag>
      </h3>
      <p className={styles.quiet}>
        <bdi>{w.by}</bdi>
        {" · "}
        <bdi>{w.organisation.name}</bdi>
        {" · "}
        <DateTime value={w.at} zone={fund.zone} />
        {" · "}
        <Place p={p} field={w.field} section={w.section} />
      </p>
      <p lang={w.language} dir="auto">
        {w.text}
      </p>
      {w.refusal && (
        <p className={styles.text} dir="auto">
          {w.refusal}
        </p>
      )}
      {open && settles && (
        <Suspense fallback={<Waiting />}>
          <Passing p={p} wish={w} />
        </Suspense>
      )}
    </article>
  );
}
