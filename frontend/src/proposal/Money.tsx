import { useState } from "react";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { decimalsOf, major, minor, sum } from "../money/money";
import { Button } from "../ui/Button/Button";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { ceilingOf } from "./ceiling";
import type { TaskForm } from "./forms";
import { byName, called, inBoth } from "./names";
import styles from "./Proposal.module.css";
import { isGrid, type Pasted, readPaste } from "./paste";
import type { Share } from "./proposal";

/** What each organisation asks, with the sum and what is left under the ceiling always in sight. */
export function Money({ value, change, errors, rules, call, organisations }: TaskForm) {
  const { t, language } = useWords();
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const currency = rules.maximum_amount.currency;
  const decimals = decimalsOf(currency);
  const un = byName(
    organisations.filter((o) => o.kind === "un"),
    language,
  );
  const shares = value.shares.length > 0 ? value.shares : [{ organisation: null, amount: null }];
  const total = sum(
    shares.flatMap((s) => (s.amount ? [s.amount.amount] : [])),
    decimals,
  );
  const ceiling = ceilingOf(call, rules, value)!.amount; // the rules have one in any case
  const rest = minor(ceiling, decimals) - minor(total, decimals);
  const least = minor(rules.minimum_amount.amount, decimals) - minor(total, decimals);
  const put = (i: number, part: Partial<Share>) =>
    change((c) => {
      const all = c.shares.length > 0 ? [...c.shares] : [{ organisation: null, amount: null }];
      all[i] = { ...all[i]!, ...part };
      return { ...c, shares: all };
    });
  const paste = (text: string) => {
    const read = readPaste(text, un, language, decimals);
    setPasted(read);
    change((c) => {
      const all = c.shares.filter((s) => s.organisation || s.amount);
      for (const row of read.rows) {
        const share = { organisation: row.organisation, amount: { amount: row.amount, currency } };
        const at = all.findIndex((s) => s.organisation === row.organisation);
        if (at < 0) all.push(share);
        else all[at] = share;
      }
      return { ...c, shares: all };
    });
  };
  return (
    <section
      className={styles.form}
      aria-label={t("field.shares")}
      onPaste={(e) => {
        const text = e.clipboardData.getData("text/plain");
        if (!isGrid(text)) return;
        e.preventDefault();
        paste(text);
      }}
    >
      <p className={styles.quiet}>{t("money.paste-hint")}</p>
      {pasted && (
        <div role="status" className={`${styles.banner} ${pasted.faults.length > 0 ? "" : styles.good}`}>
          <p>{t("money.pasted", { count: pasted.rows.length })}</p>
          {pasted.faults.length > 0 && (
            <ul className={styles.plain}>
              {pasted.faults.map((f) => (
                <li key={f.row}>
                  {f.what === "no-organisation"
                    ? t("money.pasted-nobody", { row: f.row, cell: f.cell })
                    : t("money.pasted-no-amount", { organisation: f.organisation, cell: f.cell })}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <table className={styles.grid} id="shares" tabIndex={-1}>
        <caption className="unseen">{t("field.shares")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("money.organisation")}</th>
            <th scope="col" className={styles.amount}>
              {t("money.amount", { currency })}
            </th>
            <td className={styles.act} />
          </tr>
        </thead>
        <tbody>
          {shares.map((s, i) => {
            const id = `shares-${i}`;
            const of = un.find((o) => o.id === s.organisation);
            const who = of ? called(of, language) : t("money.row", { n: i + 1 });
            const cell = t("money.cell", { organisation: who });
            const bad = errors[`${id}-amount`];
            return (
              <tr key={i}>
                <th scope="row">
                  <Choice
                    id={`${id}-organisation`}
                    bare
                    label={t("money.row-organisation", { n: i + 1 })}
                    error={errors[`${id}-organisation`]}
                    value={s.organisation ?? ""}
                    onChange={(e) => put(i, { organisation: e.target.value || null })}
                  >
                    <option value="">{t("field.choose")}</option>
                    {un.map((o) => (
                      <option key={o.id} value={o.id} disabled={shares.some((x, j) => j !== i && x.organisation === o.id)}>
                        {inBoth(o, language)}
                      </option>
                    ))}
                  </Choice>
                  {i === 0 && <span className={styles.quiet}>{t("money.convening")}</span>}
                  {errors[`${id}-organisation`] && (
                    <p className={styles.error} aria-hidden="true">
                      {errors[`${id}-organisation`]}
                    </p>
                  )}
                  {bad && (
                    <p className={styles.error} aria-hidden="true">
                      {t("error.named", { field: cell, sentence: bad })}
                    </p>
                  )}
                </th>
                <td className={styles.amount}>
                  <MoneyField
                    key={`${s.organisation}`}
                    id={`${id}-amount`}
                    bare
                    label={cell}
                    error={bad}
                    currency={currency}
                    value={s.amount?.amount ?? ""}
                    // What is no amount stays in its field, marked, and the draft has none: never the one before.
                    onChange={(amount) => put(i, { amount: amount ? { amount, currency } : null })}
                  />
                </td>
                <td className={styles.act}>
                  <Button
                    tone="quiet"
                    aria-label={t("money.remove", { organisation: who })}
                    disabled={value.shares.length === 0}
                    onClick={() => change((c) => ({ ...c, shares: c.shares.filter((_, j) => j !== i) }))}
                  >
                    <span aria-hidden="true">✕</span>
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("money.total")}</th>
            <td className={styles.amount}>
              <Amount value={total} strong />
            </td>
            <td className={styles.act} />
          </tr>
        </tfoot>
      </table>
      <div className={styles.buttons}>
        <Button
          onClick={() =>
            change((c) => ({ ...c, shares: [...(c.shares.length > 0 ? c.shares : shares), { organisation: null, amount: null }] }))
          }
        >
          {t("money.add")}
        </Button>
      </div>
      {errors.shares && <p className={styles.error}>{errors.shares}</p>}
      <p className={`${styles.remainder} ${rest < 0n || least > 0n ? styles.exceeded : ""}`}>
        <span>
          {rest < 0n ? t("money.over") : least > 0n ? t("money.under") : t("money.left")}{" "}
          <Amount value={least > 0n ? rules.minimum_amount.amount : ceiling} currency={currency} />{" "}
        </span>
        <Amount value={major(rest < 0n ? -rest : least > 0n ? least : rest, decimals)} />
      </p>
    </section>
  );
}
