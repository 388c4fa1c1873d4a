import type { ReactNode } from "react";
import { useNames } from "../api/organisations";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Note } from "./data";
import { Found } from "./PaperItem";
import { ScanState } from "./ScanState";
import styles from "./Team.module.css";

/** A state's note that does not count: whom it names, whether its scan is here and what was found. */
export function NoteItem({ x, mine, children }: { x: Note; mine?: boolean; children?: ReactNode }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <li className={styles.item} id={x.id}>
      <div className={styles.who}>
        <b>
          <bdi lang="">{t("focal.note-of", { state: name(x.code), name: x.name })}</bdi>
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
      <ScanState x={x} kind="accreditation" mine={mine}>
        {children}
      </ScanState>
    </li>
  );
}
