import { lazy, type ReactNode, Suspense, useState } from "react";
import { useOrganisations } from "../money-office/office";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Note } from "./data";
import { Found } from "./PaperItem";
import styles from "./Team.module.css";

const ScanField = lazy(async () => ({ default: (await import("./ScanField")).ScanField }));

/** A state's note that does not count: whom it names, whether its scan is here and what was found. */
export function NoteItem({ x, mine, children }: { x: Note; mine?: boolean; children?: ReactNode }) {
  const { t } = useWords();
  const { name } = useOrganisations();
  const [sent, setSent] = useState(false);
  return (
    <li className={styles.item} id={x.id}>
      <div className={styles.who}>
        <b>
          <bdi lang="">{t("focal.note-of", { state: name(x.state, x.code), name: x.name })}</bdi>
        </b>
        <p>
          <bdi>{x.email}</bdi> · {t("focal.from")} <Day value={x.from} short />
          {x.replaces && <> · {t("focal.note-replaces", { name: x.replaces })}</>}
        </p>
        <p className={styles.quiet}>
          <bdi lang="">{x.reference}</bdi> · {t("paper.by", { name: x.by })} <DateTime value={x.at} zone={fund.zone} />
        </p>
        <Found check={x.check} />
      </div>
      <Tag tone={x.check ? "bad" : "warn"}>{t(x.check ? "paper.refused" : "paper.waits")}</Tag>
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
            <ScanField of={{ kind: "accreditation", subject: x.id }} onDone={() => setSent(true)} />
          </Suspense>
        </div>
      )}
      {children && <div className={styles.whole}>{children}</div>}
    </li>
  );
}
