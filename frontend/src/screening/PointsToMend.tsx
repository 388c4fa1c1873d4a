import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type NewPoint, noPoint } from "./data";
import { PlaceChoice, type Places } from "./PlaceChoice";

/** What a return asks to be mended: where, and what to do. */
export default function PointsToMend({
  sections,
  value,
  change,
  wrong,
}: {
  sections: Places;
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
          <PlaceChoice
            id={`points-${i}-section`}
            label={t("points.section")}
            none={t("checks.choose")}
            error={wrong[`points-${i}-section`] ?? wrong[`points-${i}-field`]}
            sections={sections}
            value={x.place}
            change={(place) => set(i, { place })}
          />
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
