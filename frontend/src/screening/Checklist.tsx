import { named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import own from "./Checklist.module.css";
import type { Screenings } from "./data";

export const marks = ["met", "not-met", "not-applicable"] as const;
/** A mark of the list as it is filled in; "" until it is chosen. */
export type Check = { mark: (typeof marks)[number] | ""; remark: string };
export type Checks = Record<string, Check>;
export const unmarked: Check = { mark: "", remark: "" };
/** The charter's list: each item met, not met with a remark, or not applicable. */
export function Checklist({
  items,
  value,
  change,
  wrong,
}: {
  items: Screenings["checklist"];
  value: Checks;
  change: (value: Checks) => void;
  wrong: Record<string, string>;
}) {
  const { t, language } = useWords();
  const set = (key: string, part: Partial<Check>) => change({ ...value, [key]: { ...(value[key] ?? unmarked), ...part } });
  return (
    <section className={styles.stack} aria-labelledby="checklist">
      <h3 id="checklist">{t("checks.title")}</h3>
      {items.map((i) => {
        const check = value[i.key] ?? unmarked;
        const id = `checks-${i.key}`;
        return (
          <div key={i.key} className={`${styles.tight} ${own.line}`}>
            <Choice
              id={id}
              label={named(i.name as Record<string, string>, language, i.key)}
              hint={i.knock_out ? t("checks.knock-out") : undefined}
              error={wrong[id]}
              value={check.mark}
              onChange={(e) => set(i.key, { mark: e.target.value as Check["mark"] })}
            >
              <option value="">{t("checks.choose")}</option>
              {marks.map((m) => (
                <option key={m} value={m}>
                  {t(`checks.${m}`)}
                </option>
              ))}
            </Choice>
            {check.mark !== "" && (
              <Field
                id={`${id}-remark`}
                label={t("checks.remark")}
                optional={check.mark !== "not-met"}
                error={wrong[`${id}-remark`]}
                value={check.remark}
                onChange={(e) => set(i.key, { remark: e.target.value })}
              />
            )}
          </div>
        );
      })}
      <div className={styles.acts}>
        <Button
          tone="quiet"
          onClick={() =>
            change(Object.fromEntries(items.map((i) => [i.key, value[i.key]?.mark ? value[i.key]! : { ...unmarked, mark: "met" }])))
          }
        >
          {t("checks.rest")}
        </Button>
      </div>
    </section>
  );
}
