import { useState } from "react";
import { type Schemas, useAct, useRead } from "../money-office/office";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useWords } from "../words/i18n";
import styles from "./decision.module.css";

/** An address of one's own under which a calendar follows the body's meetings and the ends of its silences. */
export default function Subscribing() {
  const { t } = useWords();
  const kept = useRead<Schemas["Calendar"]>("/calendar");
  const { run, busy, problem } = useAct();
  const [path, setPath] = useState("");
  if (!kept.data) return null;
  const made = kept.data.made_at;
  return (
    <details className={styles.more}>
      <summary>{t("calendar.title")}</summary>
      <div className={styles.tight}>
        <p>{t("calendar.lead")}</p>
        {made && (
          <p className={styles.quiet}>
            {t("calendar.made")} <DateTime value={made} />
          </p>
        )}
        <ErrorSummary problem={problem} />
        <p role="status">
          {path && (
            <>
              {t("calendar.address")} <code dir="ltr">{new URL(path, location.origin).href}</code>
            </>
          )}
        </p>
        <div className={styles.acts}>
          <Button
            busy={busy}
            onClick={async () => {
              const told = await run<Schemas["Calendar"]>("/calendar");
              if (told?.path) setPath(told.path);
            }}
          >
            {t(made ? "calendar.renew" : "calendar.make")}
          </Button>
        </div>
        {made && <p className={styles.quiet}>{t("calendar.renew-lead")}</p>}
      </div>
    </details>
  );
}
