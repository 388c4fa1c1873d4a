import { lazy } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import type { Question } from "../decision/data";
import styles from "../decision/decision.module.css";
import { formatDay } from "../time/dates";
import { bringArea, useWords } from "../words/i18n";
import type { Terms } from "./data";

await bringArea("condition"); // few items have conditions

const Changing = lazy(() => import("../decision/Changing"));

/** Until when, and what waits for it: the terms of one condition in a line. */
export function TermsLine({ of: c }: { of: Pick<Terms, "organisation" | "due" | "due_on" | "blocking"> }) {
  const { t, language } = useWords();
  const { short } = useNames();
  return (
    <span className={styles.quiet}>
      <bdi>{c.organisation ? short(c.organisation) : t("condition.convener")}</bdi>
      {" · "}
      {c.due_on ? t("condition.by", { day: formatDay(c.due_on, language) }) : t(`condition.due.${c.due}`)}
      {c.blocking && (
        <>
          {" · "}
          {t(`condition.holds.${c.due}`)}
        </>
      )}
    </span>
  );
}

/** The conditions that a question puts, or a decision was adopted with; and the one it does without. */
export default function Asked({
  of: q,
}: {
  of: { change?: Question["change"]; conditions?: Terms[]; waives?: Question["waives"]; language?: string };
}) {
  const { t } = useWords();
  return (
    <>
      {q.change && <Changing of={q.change} />}
      {q.waives && (
        <section className={`${styles.card} ${styles.tight}`}>
          <h2>
            <Link href={`/programmes/${q.waives.programme.id}`}>{t("condition.waives", { ref: q.waives.ref })}</Link>
          </h2>
          <p dir="auto">{q.waives.title}</p>
          <p className={styles.text} lang={q.waives.language} dir="auto">
            {q.waives.text}
          </p>
        </section>
      )}
      {q.conditions && q.conditions.length > 0 && (
        <section className={styles.tight}>
          <h2>{t("condition.title")}</h2>
          <ol className={styles.rows}>
            {q.conditions.map((c, n) => (
              <li key={n} className={styles.tight}>
                <span className={styles.text} lang={q.language} dir="auto">
                  {c.text}
                </span>
                <TermsLine of={c} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
