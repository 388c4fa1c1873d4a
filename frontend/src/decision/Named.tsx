import { useNames } from "../api/organisations";
import { TermsLine } from "../condition/Asked";
import { Amount } from "../money/Amount";
import { bringArea, useWords } from "../words/i18n";
import type { Question } from "./data";
import styles from "./decision.module.css";

await bringArea("sums"); // few texts name a sum

type Text = NonNullable<Question["texts"]>[number];

/** The money and the conditions that a proposed text names beside its words. */
export default function Named({ of: x, lang }: { of: Text; lang?: string | undefined }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <>
      {x.amount && (
        <>
          <p>
            {t("sums.named")} <Amount value={x.amount.amount} currency={x.amount.currency} strong />
          </p>
          <ul className={`${styles.rows} ${styles.card}`}>
            {x.shares?.map((s) => (
              <li key={s.organisation} className={styles.row}>
                <bdi>{name(s.code)}</bdi>
                <Amount value={s.amount.amount} currency={s.amount.currency} />
              </li>
            ))}
          </ul>
        </>
      )}
      {x.conditions &&
        (x.conditions.length === 0 ? (
          <p>{t("sums.without")}</p>
        ) : (
          <>
            <p>{t("sums.with")}</p>
            <ol className={styles.rows}>
              {x.conditions.map((c, n) => (
                <li key={n} className={styles.tight}>
                  <span className={styles.text} lang={lang} dir="auto">
                    {c.text}
                  </span>
                  <TermsLine of={c} />
                </li>
              ))}
            </ol>
          </>
        ))}
    </>
  );
}
