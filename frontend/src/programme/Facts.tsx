import { Link } from "wouter";
import styles from "../decision/decision.module.css";
import { Day } from "../time/DateTime";
import { useWords } from "../words/i18n";
import type { Programme } from "./data";

/** From when to when a programme runs, by which decision, and who convenes it. */
export function Facts({ of: p }: { of: Programme }) {
  const { t } = useWords();
  return (
    <dl className={styles.facts}>
      <dt>{t("life.start")}</dt>
      <dd>{p.starts_on ? <Day value={p.starts_on} /> : t("life.not-started")}</dd>
      <dt>{t("life.end")}</dt>
      <dd>{p.ends_on ? <Day value={p.ends_on} /> : t("life.not-known")}</dd>
      {p.decision && (
        <>
          <dt>{t("life.decision")}</dt>
          <dd>
            <Link href={`/decisions/${p.decision}`}>
              <bdi dir="ltr">{p.decision}</bdi>
            </Link>
          </dd>
        </>
      )}
      {p.convener && (
        <>
          <dt>{t("life.convener")}</dt>
          <dd>
            <bdi>{p.convener}</bdi>
          </dd>
        </>
      )}
    </dl>
  );
}
