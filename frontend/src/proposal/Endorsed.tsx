import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import type { Proposal } from "./proposal";

/** Whether the state has endorsed, and whether that is of what the proposal says now. */
export function Endorsed({ p, note }: { p: Proposal; note?: boolean }) {
  const { t } = useWords();
  const e = p.endorsement;
  if (!e) return <Tag tone="plain">{t("endorsed.not")}</Tag>;
  return (
    <>
      <Tag tone={p.endorsed ? "good" : "warn"}>{p.endorsed ? t("endorsed.this") : t("endorsed.earlier")}</Tag>
      <p className={styles.quiet}>
        <DateTime value={e.at} zone={fund.zone} />
      </p>
      {note && e.note && (
        <p className={styles.quote} dir="auto">
          {e.note}
        </p>
      )}
    </>
  );
}
