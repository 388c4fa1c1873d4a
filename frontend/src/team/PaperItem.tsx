import type { ReactNode } from "react";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Paper } from "./data";
import { ScanState } from "./ScanState";
import styles from "./Team.module.css";

/** A signed paper: what it says, of which content, whether its scan is here and what was found. */
export function PaperItem({ x, current, mine, children }: { x: Paper; current?: boolean; mine?: boolean; children?: ReactNode }) {
  const { t } = useWords();
  const tone = x.check ? (x.check.accepted ? "good" : "bad") : "warn";
  return (
    <li className={styles.item} id={x.id}>
      <div className={styles.who}>
        <b>
          {t(`paper.kind.${x.kind}`)} {x.state && <bdi lang="">{x.state}</bdi>}
        </b>
        <p>
          <bdi lang="">{[x.signer, x.title, x.body].join(", ")}</bdi>
        </p>
        <p className={styles.quiet}>
          <bdi lang="">{x.reference}</bdi> · {t("paper.signed-on")} <Day value={x.signed_on} short /> · {t("paper.by", { name: x.by })}{" "}
          <DateTime value={x.at} zone={fund.zone} />
        </p>
        {current === false && <p>{t("paper.other-content")}</p>}
        <Found check={x.check} />
      </div>
      <Tag tone={tone}>{t(x.check ? (x.check.accepted ? "paper.accepted" : "paper.refused") : "paper.waits")}</Tag>
      <ScanState x={x} kind="paper" mine={mine}>
        {children}
      </ScanState>
    </li>
  );
}

/** Who checked it and when, and why it was not taken. */
export function Found({ check }: { check: Paper["check"] }) {
  const { t } = useWords();
  if (!check) return null;
  return (
    <>
      {!check.accepted && (
        <p className={styles.quote} dir="auto" lang="">
          {check.reason}
        </p>
      )}
      <p className={styles.quiet}>
        {t("paper.checked-at", { name: check.by })} <DateTime value={check.at} zone={fund.zone} />
      </p>
    </>
  );
}
