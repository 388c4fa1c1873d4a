import type { ReactNode } from "react";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import styles from "./Reconcile.module.css";

/** One side of the reconciliation: its rows under the heads that both have, and how to see more of them. */
export function Side({
  of,
  currency,
  empty,
  children,
  more,
  busy = false,
  below,
}: {
  of: "bank" | "ledger";
  currency: string;
  empty: string | false;
  children: ReactNode;
  more: (() => void) | undefined;
  busy?: boolean;
  below?: ReactNode;
}) {
  const { t } = useWords();
  const name = t(of === "bank" ? "reconcile.bank-side" : "reconcile.ledger-side");
  return (
    <section className={styles.side} data-side={of} aria-labelledby={`${of}-side`}>
      <h2 id={`${of}-side`} className={styles.sideName}>
        {name}
      </h2>
      <table className={styles.table}>
        <caption className="unseen">{name}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{t("office.choose")}</span>
            </th>
            <th scope="col">{t("office.date")}</th>
            <th scope="col">{t("office.description")}</th>
            <th scope="col" className={styles.amount}>
              {t("office.amount-in", { currency })}
            </th>
            <th scope="col">{t("reconcile.match")}</th>
          </tr>
        </thead>
        <tbody>
          {empty && (
            <tr>
              <td colSpan={5} className={styles.empty}>
                {empty}
              </td>
            </tr>
          )}
          {children}
        </tbody>
      </table>
      {more && (
        <div className={styles.more}>
          <Button busy={busy} onClick={more}>
            {t("office.more")}
          </Button>
        </div>
      )}
      {below}
    </section>
  );
}

/** The cell that chooses a row, for keys and fingers. */
export function Choose({
  chosen,
  barred,
  onChoose,
  name,
  amount,
}: {
  chosen: boolean;
  barred: boolean;
  onChoose: () => void;
  name: string;
  amount: string;
}) {
  const { t } = useWords();
  return (
    <td className={styles.box}>
      <label className={styles.hit}>
        <input
          type="checkbox"
          data-row
          checked={chosen}
          disabled={barred}
          onChange={onChoose}
          aria-label={t("reconcile.choose-line", { name, amount })}
        />
      </label>
    </td>
  );
}
