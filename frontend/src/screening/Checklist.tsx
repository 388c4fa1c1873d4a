import { named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { outside, type Screenings } from "./data";

export const marks = ["met", "not-met", "not-applicable"] as const;
/** A mark of the list as it is filled in; "" until it is chosen. */
export type Check = { mark: (typeof marks)[number] | ""; remark: string };
export type Checks = Record<string, Check>;
export const unmarked: Check = { mark: "", remark: "" };
/** A point as it is written: place is a section's key, or what stands beside the form with a stroke before it. */
export type NewPoint = { place: string; todo: string };
export const noPoint: NewPoint = { place: "", todo: "" };

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
          <div key={i.key} className={styles.tight}>
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

/** What a return asks to be mended: where, and what to do. */
export function PointsToMend({
  sections,
  value,
  change,
  wrong,
}: {
  sections: { key: string; name: string }[];
  value: NewPoint[];
  change: (value: NewPoint[]) => void;
  wrong: Record<string, string>;
}) {
  const { t } = useWords();
  const set = (at: number, part: Partial<NewPoint>) => change(value.map((x, i) => (i === at ? { ...x, ...part } : x)));
  return (
    <section className={styles.stack} id="points" aria-labelledby="points-title">
      <h3 id="points-title">{t("mend.title")}</h3>
      {value.map((x, i) => (
        <fieldset key={i} id={`points-${i}`} className={styles.checks}>
          <legend className={styles.who}>{t("points.n", { n: i + 1 })}</legend>
          <Choice
            id={`points-${i}-section`}
            label={t("points.section")}
            error={wrong[`points-${i}-section`] ?? wrong[`points-${i}-field`]}
            value={x.place}
            onChange={(e) => set(i, { place: e.target.value })}
          >
            <option value="">{t("checks.choose")}</option>
            {sections.map((s) => (
              <option key={s.key} value={s.key}>
                {s.name}
              </option>
            ))}
            {outside.map((o) => (
              <option key={o} value={`/${o}`}>
                {t(`mend.place.${o}`)}
              </option>
            ))}
          </Choice>
          <TextField
            id={`points-${i}-todo`}
            rows={2}
            label={t("points.todo")}
            error={wrong[`points-${i}-todo`]}
            value={x.todo}
            onChange={(e) => set(i, { todo: e.target.value })}
          />
          <div className={styles.acts}>
            <Button tone="quiet" onClick={() => change(value.filter((_, at) => at !== i))}>
              {t("points.remove", { n: i + 1 })}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className={styles.acts}>
        <Button onClick={() => change([...value, noPoint])}>{t("points.add")}</Button>
      </div>
    </section>
  );
}
