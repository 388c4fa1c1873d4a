import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import type { Schemas } from "./office";
import { Facts, Sum } from "./parts";
import { less } from "./reckon";

type Props = { of: Schemas["Tranche"]; since?: string | null; payBy?: string | null; plain?: true };

/** Which tranche a payment is of, what the test before it counts, and by when it is paid once no paper is missing. */
export default function Tranche({ of: x, since, payBy, plain }: Props) {
  const { t, language } = useWords();
  const left = (a: string, b: string) => less(a, b, x.used.currency);
  const met = !left(x.used.amount, x.needed.amount).startsWith("-");
  const share = new Intl.NumberFormat(language, { style: "percent" }).format(x.share as unknown as number);
  return (
    <section className={styles.titled} aria-labelledby={plain ? undefined : "tranche"}>
      {!plain && <h2 id="tranche">{t("tranche.title")}</h2>}
      <Facts
        facts={[
          { name: t("tranche.which"), value: t("tranche.of", { n: String(x.n), of: String(x.of) }) },
          { name: t("tranche.ceiling"), value: <Sum of={x.ceiling} named /> },
          { name: t("tranche.before"), value: <Sum of={x.before} named /> },
          { name: t("tranche.left"), value: <Sum of={{ ...x.ceiling, amount: left(x.ceiling.amount, x.before.amount) }} named /> },
        ]}
      />
      {x.tested ? (
        <>
          <p>
            {t("tranche.test", { share })} <Tag tone={met ? "good" : "warn"}>{t(met ? "tranche.met" : "tranche.not-met")}</Tag>
          </p>
          <Facts
            facts={[
              { name: t("tranche.released"), value: <Sum of={x.released} named /> },
              { name: t("tranche.spent"), value: <Sum of={x.spent} named /> },
              {
                name: t(x.counts === "spent" ? "tranche.committed-aside" : "tranche.committed"),
                value: <Sum of={x.committed} named />,
              },
              { name: t("tranche.used"), value: <Sum of={x.used} named strong /> },
              { name: t("tranche.needed"), value: <Sum of={x.needed} named strong /> },
            ]}
          />
          {x.owed.length > 0 && (
            <p role="note" className={styles.missing}>
              {t("tranche.owed", { count: x.owed.length })}
            </p>
          )}
        </>
      ) : (
        <p className={styles.small}>{t("tranche.untested")}</p>
      )}
      {since && payBy && (
        <p className={styles.rule}>
          {t("tranche.complete")} <DateTime value={since} zone={fund.zone} /> · {t("tranche.pay-by")} <Day value={payBy} />
        </p>
      )}
    </section>
  );
}
