import { lazy, Suspense, useState } from "react";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";

const Replan = lazy(() => import("./Replan"));

/** Where a meeting is held, its date for a calendar, and planning it anew while it has not opened. */
export default function Whereabouts({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const [changing, change] = useState(false);
  return (
    <div className={styles.tight}>
      <p className={styles.quiet}>
        {t(`venue.${m.held}`)}
        {m.place && (
          <>
            {" · "}
            <bdi lang="">{m.place}</bdi>
          </>
        )}
      </p>
      {m.state === "planned" && (
        <ul className={styles.tight}>
          <li className={styles.quiet}>
            {t("due.items")} <DateTime value={m.due.items} />
          </li>
          <li className={styles.quiet}>
            {t("due.papers")} <DateTime value={m.due.papers} />
          </li>
        </ul>
      )}
      <div className={styles.acts}>
        {m.link && (
          <a href={m.link} className={styles.link} target="_blank" rel="noreferrer noopener">
            {t("venue.join")}
          </a>
        )}
        <a href={`/api/v1/meetings/${m.id}/calendar`} className={styles.link} download={`${m.ref}.ics`}>
          {t("calendar.one")}
        </a>
        {m.agenda.length > 0 && (
          <a href={`/api/v1/meetings/${m.id}/papers`} className={styles.link} download={`${m.ref}-papers.zip`}>
            {t("papers.all")}
          </a>
        )}
        {m.may.includes("meeting.change") && <Button onClick={() => change(true)}>{t("venue.change")}</Button>}
      </div>
      {changing && (
        <Suspense>
          <Replan meeting={m} onClose={() => change(false)} />
        </Suspense>
      )}
    </div>
  );
}
