import { useNames } from "../api/organisations";
import Setting from "../condition/Setting";
import { termsBody, type Written } from "../condition/terms";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { sum } from "../money/money";
import { bringArea, useWords } from "../words/i18n";
import type { Question } from "./data";
import styles from "./decision.module.css";

await Promise.all([bringArea("sums"), bringArea("condition")]); // only where money or conditions go with the item

type Part = { amount: string | null; typed: string };

/** What a text names beside its words, while it is written. */
export type Naming = { sums: boolean; parts: Record<string, Part>; conditioned: boolean; conditions: Written[] };

const part = (of: Naming, s: { organisation: string; amount: { amount: string } }): Part =>
  of.parts[s.organisation] ?? { amount: s.amount.amount, typed: s.amount.amount };

/** The body of it for the API. A share that is left empty is none. */
export function namedBody(of: Naming, q: Question) {
  const currency = q.amount?.currency ?? "";
  const kept = (q.shares ?? []).filter((s) => part(of, s).typed.trim() !== "");
  const readable = kept.every((s) => part(of, s).amount);
  const one = q.kind === "pipeline";
  return {
    ...(of.sums && q.amount
      ? {
          ...(readable && kept.length > 0 ? { amount: { amount: sum(kept.map((s) => part(of, s).amount!)), currency } } : {}),
          ...(one && readable
            ? {}
            : {
                shares: kept.map((s) => ({
                  organisation: s.organisation,
                  amount: { amount: part(of, s).amount ?? part(of, s).typed, currency },
                })),
              }),
        }
      : {}),
    ...(of.conditioned ? { conditions: termsBody(of.conditions) } : {}),
  };
}

/** Naming another sum, share by share, and other conditions; each is asked for by its own tick. */
export default function NamingFields({
  question: q,
  value,
  change,
  wrong,
}: {
  question: Question;
  value: Naming;
  change: (to: Naming) => void;
  wrong: Record<string, string | undefined>;
}) {
  const { t } = useWords();
  const { name } = useNames();
  const currency = q.amount?.currency ?? "";
  const shares = q.shares ?? [];
  const kept = shares.filter((s) => part(value, s).typed.trim() !== "");
  const readable = kept.length > 0 && kept.every((s) => part(value, s).amount);
  const conditional = q.kind === "grant" || q.change || q.waives;
  const standing = () =>
    (q.conditions ?? []).map((c) => ({
      text: c.text,
      organisation: shares.find((s) => s.code === c.organisation)?.organisation ?? "",
      due: c.due,
      due_on: c.due_on ?? "",
      blocking: c.blocking,
    }));
  return (
    <>
      {q.amount && !q.change && (
        <div className={styles.tight}>
          <label>
            <input
              id="proposed-sums"
              type="checkbox"
              aria-describedby="proposed-sums-hint"
              checked={value.sums}
              onChange={(e) => change({ ...value, sums: e.target.checked })}
            />{" "}
            {t("sums.other")}
          </label>
          <p id="proposed-sums-hint" className={styles.quiet}>
            {t("sums.other-hint")}
          </p>
        </div>
      )}
      {q.amount && value.sums && (
        <section id="proposed-shares" className={`${styles.card} ${styles.stack}`} tabIndex={-1} aria-label={t("sums.shares")}>
          {(wrong["proposed-shares"] ?? wrong["proposed-amount"]) && <p>{wrong["proposed-shares"] ?? wrong["proposed-amount"]}</p>}
          {shares.map((s, n) => (
            <MoneyField
              key={s.organisation}
              id={`proposed-shares-${n}-amount`}
              label={<bdi>{name(s.code)}</bdi>}
              error={wrong[`proposed-shares-${n}-amount`]}
              value={part(value, s).amount}
              currency={currency}
              onChange={(amount, typed) => change({ ...value, parts: { ...value.parts, [s.organisation]: { amount, typed } } })}
            />
          ))}
          <p id="proposed-amount" tabIndex={-1} role="status">
            {t("sums.total")}:{" "}
            {readable ? <Amount value={sum(kept.map((s) => part(value, s).amount!))} currency={currency} strong /> : t("sums.total-none")}
          </p>
        </section>
      )}
      {conditional && (
        <label>
          <input
            id="proposed-conditioned"
            type="checkbox"
            checked={value.conditioned}
            onChange={(e) =>
              change({
                ...value,
                conditioned: e.target.checked,
                conditions: value.conditions.length > 0 ? value.conditions : standing(),
              })
            }
          />{" "}
          {t("sums.conditions")}
        </label>
      )}
      {value.conditioned && (
        <Setting
          prefix="proposed-"
          value={value.conditions}
          change={(conditions) => change({ ...value, conditions })}
          among={shares.map((s) => ({ id: s.organisation, name: name(s.code) }))}
          language={q.language ?? ""}
          wrong={wrong}
        />
      )}
    </>
  );
}
