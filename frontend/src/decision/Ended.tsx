import { Link } from "wouter";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { bringArea, useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";

// A meeting ends once: its page has no room for these words itself.
await bringArea("ending");

/** Why a meeting was called off, and where what it did not reach went. */
export default function Ended({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  return (
    <>
      {m.called_off && (
        <section className={`${styles.card} ${styles.tight}`} aria-labelledby="called-off">
          <h2 id="called-off">{t("ending.called-off")}</h2>
          <p className={styles.text} dir="auto">
            {m.called_off.reason}
          </p>
          <p className={styles.quiet}>
            <bdi>{m.called_off.by}</bdi>, <DateTime value={m.called_off.at} zone={fund.zone} />
          </p>
        </section>
      )}
      {m.carried.length > 0 && (
        <section className={`${styles.card} ${styles.tight}`} aria-labelledby="carried">
          <h2 id="carried">{t("ending.carried")}</h2>
          <ul className={styles.tight}>
            {m.carried.map((x) => (
              <li key={x.id} className={styles.tight}>
                <Link href={`/questions/${x.id}`} dir="auto">
                  {x.title ? t("meeting.item", { number: x.item, title: x.title }) : t("decide.item", { number: x.item })}
                </Link>
                <p className={styles.quiet}>
                  <Link href={`/meetings/${x.to}`}>{t("ending.carried-to", { ref: x.to_ref })}</Link>
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
