import { lazy, type ReactNode, Suspense, useState } from "react";
import type { Subject } from "../attachment/attach";
import { useWords } from "../words/i18n";
import type { Paper } from "./data";
import styles from "./Team.module.css";

const ScanField = lazy(async () => ({ default: (await import("./ScanField")).ScanField }));

/** Whether the scan of a paper or note is here: read by its link, or sent by who brought it; what else can be done stands below. */
export function ScanState({
  x,
  kind,
  mine,
  children,
}: {
  x: Pick<Paper, "id" | "reference" | "check" | "scan">;
  kind: Subject["kind"];
  mine?: boolean;
  children?: ReactNode;
}) {
  const { t } = useWords();
  const [sent, setSent] = useState(false);
  return (
    <>
      {x.scan?.arrived ? (
        <a href={`/api/v1/attachments/${x.scan.id}/content`} download>
          {t("paper.scan")}
          <span className="unseen"> {x.reference}</span>
        </a>
      ) : (
        <span className={styles.quiet}>{t("paper.no-scan")}</span>
      )}
      {mine && !x.check && !x.scan?.arrived && !sent && (
        <div className={styles.whole}>
          <Suspense>
            <ScanField of={{ kind, subject: x.id }} onDone={() => setSent(true)} />
          </Suspense>
        </div>
      )}
      {children && <div className={styles.whole}>{children}</div>}
    </>
  );
}
