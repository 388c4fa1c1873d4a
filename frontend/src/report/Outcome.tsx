import { Link } from "wouter";
import styles from "../decision/decision.module.css";
import { Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { useReporting } from "./data";

await bringArea("life");

/** What was promised after a programme's evaluation and how far it is, on the programme's page: what is late first. */
export default function Outcome({ programme }: { programme: string }) {
  const { t } = useWords();
  const e = useReporting(programme).data?.evaluation;
  if (!e?.answered_at) return null;
  const promised = e.recommendations.flatMap((r, i) => (r.answer?.due_on ? [{ ...r, n: i + 1 }] : []));
  if (promised.length === 0) return null;
  return (
    <section className={styles.tight}>
      <h2>{t("follow-up.title")}</h2>
      {e.overdue > 0 && <p>{t("follow-up.overdue-n", { n: e.overdue })}</p>}
      <ul className={styles.rows}>
        {promised
          .toSorted((a, b) => Number(b.overdue) - Number(a.overdue))
          .map((r) => (
            <li key={r.n} className={styles.row}>
              <span>
                <Link href={`/programmes/${programme}/reports#r${r.n}`}>
                  <bdi dir="auto">{r.answer!.action}</bdi>
                </Link>
              </span>
              <span className={styles.quiet}>
                {r.overdue ? (
                  <Tag tone="bad">{t("follow-up.overdue")}</Tag>
                ) : (
                  t(r.state ? `follow-up.${r.state as "done"}` : "follow-up.none")
                )}{" "}
                <bdi>{r.answer!.organisation}</bdi> · <Day value={r.answer!.due_on} short />
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}
