import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type NewPoint, noPoint, outside } from "./data";

/** What a return asks to be mended: where, and what to do. */
export default function PointsToMend({
  sections,
  value,
  change,
  wrong,
}: {
  sections: { key: string; name: string; fields: { at: string; name: string }[] }[];
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
            {sections.flatMap((s) => [
              <option key={s.key} value={s.key}>
                {s.name}
              </option>,
              ...s.fields.map((f) => (
                <option key={f.at} value={f.at}>
                  {`${s.name}: ${f.name}`}
                </option>
              )),
            ])}
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
