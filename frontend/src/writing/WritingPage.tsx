import { Link } from "wouter";
import { useMayBegin } from "../decision/data";
import styles from "../decision/decision.module.css";
import { toneOf } from "../decision/sentences";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Deadline } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Silence, useSilences } from "./data";

/** What the body decides without meeting: each with its end, in the fund's time and the reader's. */
export default function WritingPage() {
  const { t } = useWords();
  const begins = useMayBegin("question.circulate");
  const list = useSilences();
  if (list.error && !list.data) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const underWay = (s: Silence) => s.state === "listed" || s.state === "open" || s.state === "unresolved";
  const [runs, past] = [list.data.filter(underWay), list.data.filter((s) => !underWay(s))];
  return (
    <>
      <PageHead
        title={t("writing.title")}
        lead={t("writing.lead")}
        crumbs={<Link href="/meetings">{t("meetings.title")}</Link>}
        actions={
          begins && (
            <Link href="/in-writing/new" className={styles.link}>
              {t("writing.new")}
            </Link>
          )
        }
      />
      <section className={styles.tight} aria-labelledby="runs">
        <h2 id="runs">{t("writing.runs")}</h2>
        {runs.length === 0 ? <p>{t(begins ? "writing.empty-new" : "writing.empty")}</p> : <Rows of={runs} />}
      </section>
      {past.length > 0 && (
        <section className={styles.tight} aria-labelledby="past">
          <h2 id="past">{t("writing.past")}</h2>
          <Rows of={past} />
        </section>
      )}
    </>
  );
}

function Rows({ of }: { of: Silence[] }) {
  const { t } = useWords();
  return (
    <ul className={`${styles.rows} ${styles.card}`}>
      {of.map((s) => (
        <li key={s.id} className={styles.row}>
          <div>
            <p>
              <bdi dir="ltr">{s.ref}</bdi>{" "}
              <Link href={`/questions/${s.id}`} dir="auto">
                {s.title || t("writing.out-of-sight")}
              </Link>
            </p>
            {s.state === "listed" && <p className={styles.quiet}>{t("writing.listed")}</p>}
            {s.state === "open" && s.ends_at && <Deadline value={s.ends_at} zone={fund.zone} label={t("writing.ends")} />}
            {s.state === "open" && !s.hidden && s.spoken && <p className={styles.quiet}>{t("writing.spoken")}</p>}
            {s.closed_at && (
              <p className={styles.quiet}>
                <DateTime value={s.closed_at} zone={fund.zone} />
              </p>
            )}
            {s.decision && (
              <p>
                <Link href={`/decisions/${s.decision}`}>{t("chair.decision", { number: s.decision })}</Link>
              </p>
            )}
          </div>
          <Tag tone={toneOf(s.state)}>{t(`question.state.${s.state}`)}</Tag>
        </li>
      ))}
    </ul>
  );
}
