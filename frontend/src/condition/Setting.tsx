import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Written } from "./terms";

/** The secretariat writes the conditions that the body is asked to decide. */
export default function Setting({
  value,
  change,
  among,
  language,
  wrong,
  prefix = "",
}: {
  value: Written[];
  change: (list: Written[]) => void;
  among: { id: string; name: string }[];
  language: string;
  wrong: Record<string, string | undefined>;
  /** Of its fields, where its form is one of several on a page. */
  prefix?: string;
}) {
  const { t } = useWords();
  const set = (n: number, of: Partial<Written>) => change(value.map((c, i) => (i === n ? { ...c, ...of } : c)));
  return (
    <section
      id={`${prefix}conditions`}
      className={`${styles.card} ${styles.stack}`}
      tabIndex={-1}
      aria-labelledby={`${prefix}conditions-title`}
    >
      <h2 id={`${prefix}conditions-title`}>{t("condition.title")}</h2>
      <p className={styles.quiet}>{t("condition.set-lead")}</p>
      {wrong[`${prefix}conditions`] && <p>{wrong[`${prefix}conditions`]}</p>}
      {value.map((c, n) => {
        const at = `${prefix}conditions-${n}`;
        return (
          <fieldset key={n} className={styles.stack}>
            <legend>{t("condition.n", { n: n + 1 })}</legend>
            <TextField
              id={`${at}-text`}
              lang={language}
              rows={3}
              label={t("condition.text")}
              error={wrong[`${at}-text`]}
              value={c.text}
              onChange={(e) => set(n, { text: e.target.value })}
            />
            <Choice
              id={`${at}-organisation`}
              label={t("condition.who")}
              error={wrong[`${at}-organisation`]}
              value={c.organisation}
              onChange={(e) => set(n, { organisation: e.target.value })}
            >
              <option value="">{t("condition.convener")}</option>
              {among.map((o) => (
                <option key={o.id} value={o.id}>
                  {o.name}
                </option>
              ))}
            </Choice>
            <Choice
              id={`${at}-due`}
              label={t("condition.when")}
              error={wrong[`${at}-due`]}
              value={c.due}
              onChange={(e) => set(n, { due: e.target.value })}
            >
              {["first-transfer", "later-transfer", "day"].map((d) => (
                <option key={d} value={d}>
                  {t(`condition.due.${d}`)}
                </option>
              ))}
            </Choice>
            {c.due === "day" && (
              <Field
                id={`${at}-due_on`}
                type="date"
                dir="ltr"
                label={t("condition.day")}
                error={wrong[`${at}-due_on`]}
                value={c.due_on}
                onChange={(e) => set(n, { due_on: e.target.value })}
              />
            )}
            <label>
              <input type="checkbox" checked={c.blocking} onChange={(e) => set(n, { blocking: e.target.checked })} />{" "}
              {t("condition.blocking")}: {t(`condition.holds.${c.due}`)}
            </label>
            <div className={styles.acts}>
              <Button onClick={() => change(value.filter((_, i) => i !== n))}>{t("condition.remove", { n: n + 1 })}</Button>
            </div>
          </fieldset>
        );
      })}
      <div className={styles.acts}>
        <Button onClick={() => change([...value, { text: "", organisation: "", due: "first-transfer", due_on: "", blocking: true }])}>
          {t("condition.add")}
        </Button>
      </div>
    </section>
  );
}
