import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { formatAmount } from "../money/money";
import { Drift } from "../programme/Drift";
import { formatDay } from "../time/dates";
import { bringArea, useWords } from "../words/i18n";
import { type Question, useRules } from "./data";
import styles from "./decision.module.css";

// Few items are about a programme: their page has no room for these words itself.
await bringArea("life");

/** How far a decision went from what the body had decided before. */
export function Drifted({ moves }: { moves: Parameters<typeof Drift>[0]["moves"] }) {
  const rules = useRules().data;
  const { short } = useNames();
  return <Drift moves={moves} rules={rules} short={short} />;
}

/** What is asked of a programme, as it is and as it would be. */
export default function Changing({ of: x }: { of: NonNullable<Question["change"]> }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const day = (d?: string | null) => (d ? formatDay(d, language) : "—");
  const was = (organisation: string) => x.before?.shares.find((s) => s.organisation === organisation)?.amount.amount ?? "0.00";
  return (
    <section className={`${styles.card} ${styles.tight}`}>
      <h2>
        <Link href={`/programmes/${x.programme.id}`}>
          {t("life.item-change", { code: x.programme.code, kind: t(`life.kind.${x.kind}`) })}
        </Link>
      </h2>
      <p dir="auto">{x.title}</p>
      {x.ends_on && <p>{t("life.item-change-end", { before: day(x.ends), after: day(x.ends_on) })}</p>}
      {x.late && <p>{t("life.item-change-late")}</p>}
      <ul className={styles.rows}>
        {x.after?.shares.map((s) => (
          <li key={s.organisation}>
            <bdi>
              {t("life.item-change-shares", {
                organisation: short(s.code),
                before: formatAmount(was(s.organisation), language),
                after: formatAmount(s.amount.amount, language),
              })}
            </bdi>
          </li>
        ))}
      </ul>
      {x.drift && x.drift.length > 0 && <Drifted moves={x.drift} />}
      <p className={styles.text} lang={x.language} dir="auto">
        {x.reason}
      </p>
    </section>
  );
}
