import { lazy, Suspense, useState } from "react";
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
      <div className={styles.acts}>
        {m.link && (
          <a href={m.link} className={styles.link} target="_blank" rel="noreferrer noopener">
            {t("venue.join")}
          </a>
        )}
        <a href={`/api/v1/meetings/${m.id}/calendar`} className={styles.link} download={`${m.ref}.ics`}>
          {t("calendar.one")}
        </a>
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
