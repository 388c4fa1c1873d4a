import { memo, useState } from "react";
import { Link } from "wouter";
import { Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Sum } from "./parts";
import styles from "./Reconcile.module.css";
import type { Letters, Movement } from "./reconcile";
import { Choose, Side } from "./Side";

const atOnce = 200;

/** The books' side: what must appear at the bank, and what has. */
export function LedgerSide({
  movements,
  letters,
  open,
  may,
  chosen,
  onChoose,
  currency,
}: {
  movements: Movement[];
  letters: Letters;
  open: ReadonlySet<number>;
  may: boolean;
  chosen: ReadonlyMap<number, Movement>;
  onChoose: (movement: Movement) => void;
  currency: string;
}) {
  const { t } = useWords();
  const [most, setMost] = useState(atOnce);
  return (
    <Side
      of="ledger"
      currency={currency}
      empty={movements.length === 0 && t("reconcile.movements-empty")}
      more={movements.length > most ? () => setMost(most + atOnce) : undefined}
    >
      {movements.slice(0, most).map((m) => (
        <MovementRow
          key={m.posting}
          movement={m}
          open={open.has(m.posting)}
          may={may}
          mark={letters.posting.get(m.posting)?.letter}
          suggested={letters.posting.get(m.posting)?.suggested ?? false}
          chosen={chosen.has(m.posting)}
          onChoose={onChoose}
        />
      ))}
    </Side>
  );
}

const MovementRow = memo(function MovementRow({
  movement: m,
  open,
  may,
  mark,
  suggested,
  chosen,
  onChoose,
}: {
  movement: Movement;
  open: boolean;
  may: boolean;
  mark: string | undefined;
  suggested: boolean;
  chosen: boolean;
  onChoose: (movement: Movement) => void;
}) {
  const { t } = useWords();
  return (
    <tr className={`${chosen ? styles.rowChosen : ""} ${open ? "" : styles.shut}`}>
      <Choose chosen={chosen} barred={!open || !may} onChoose={() => onChoose(m)} name={m.memo} amount={m.amount.amount} />
      <td className={styles.date}>
        <Day value={m.value_on} short />
      </td>
      <th scope="row" className={styles.text}>
        <span lang="en" dir="auto">
          {m.memo}
        </span>
        <Link href={`/vouchers/${m.voucher}`} className={styles.reference}>
          {t("office.voucher-n", { number: String(m.number) })}
        </Link>
      </th>
      <td className={styles.amount}>
        <Sum of={m.amount} />
      </td>
      <td className={styles.state}>
        {mark && (!open || suggested) ? (
          <Tag letter={mark} tone={suggested ? "link" : "good"} suggested={suggested}>
            {t(suggested ? "office.line-state.suggested" : "office.line-state.matched")}
          </Tag>
        ) : (
          <Tag tone={open ? "warn" : "good"}>{t(open ? "office.line-state.unmatched" : "office.line-state.matched")}</Tag>
        )}
      </td>
    </tr>
  );
});
