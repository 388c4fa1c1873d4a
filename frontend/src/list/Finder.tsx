import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import { type Counts, type FieldName, fields, ranges } from "./data";
import { Typed } from "./parts";
import styles from "./Register.module.css";

type Asked = Record<string, string>;

/** What the charter calls a thematic area, or a marker and the step of its scale, in the page's language. */
export type Named = (field: "area" | "marker", value: string) => string;

/** What a value of a field is called. */
function useValues(counts: Counts | undefined, named: Named) {
  const { t, language } = useWords();
  return (field: FieldName, value: string): string => {
    switch (field) {
      case "area":
      case "marker":
        return named(field, value);
      case "region":
        return new Intl.DisplayNames(language, { type: "region" }).of(value) ?? value;
      case "language":
        return new Intl.DisplayNames(language, { type: "language" }).of(value) ?? value;
      case "objective":
        return t("register.objective-n", { n: value });
      case "goal":
        return t("register.goal-n", { n: value });
      case "target":
        return t("register.target-n", { n: value });
      case "call":
      case "state":
      case "organisation":
      case "lead":
      case "partner":
      case "assessor":
      case "adviser":
        return counts?.counts[field]?.find((c) => c.value === value)?.name ?? "…";
      default:
        return t(`register.${field}.${value}`);
    }
  };
}

/** The search, what the list is narrowed to, and what it can be narrowed to, each with how many there then are. */
export function Finder({
  asked,
  set,
  clear,
  counts,
  named,
}: {
  asked: Asked;
  set: (change: Record<string, string | undefined>) => void;
  clear: () => void;
  counts: Counts | undefined;
  named: Named;
}) {
  const { t } = useWords();
  const called = useValues(counts, named);
  const chosen = (field: FieldName) => (asked[field] ?? "").split(",").filter(Boolean);
  const turn = (field: FieldName, value: string, on: boolean) => {
    const next = on ? [...chosen(field), value] : chosen(field).filter((v) => v !== value);
    set({ [field]: next.join(",") || undefined });
  };
  const chips = [
    ...fields.flatMap((f) =>
      chosen(f).map((v) => ({ key: `${f} ${v}`, says: `${t(`register.${f}`)}: ${called(f, v)}`, drop: () => turn(f, v, false) })),
    ),
    ...ranges
      .filter((r) => asked[r])
      .map((r) => ({ key: r, says: `${t(`register.${r}`)} ${asked[r]}`, drop: () => set({ [r]: undefined }) })),
  ];
  return (
    <search className={styles.finder}>
      <Typed
        id="q"
        label={t("rows.q")}
        hint={t("register.q-hint")}
        type="search"
        value={asked.q ?? ""}
        done={(q) => set({ q, sort: undefined })}
      />
      {chips.length > 0 && (
        <ul className={styles.chips}>
          {chips.map((c) => (
            <li key={c.key}>
              <button type="button" className={styles.chip} aria-label={t("register.without", { name: c.says })} onClick={c.drop}>
                <bdi>{c.says}</bdi> <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
          <li>
            <Button tone="quiet" onClick={clear}>
              {t("register.clear")}
            </Button>
          </li>
        </ul>
      )}
      <details className={styles.narrow}>
        <summary>{t("register.narrow")}</summary>
        <div className={styles.fields}>
          {fields.map((f) => {
            const values = counts?.counts[f] ?? [];
            const gone = chosen(f).filter((v) => !values.some((c) => c.value === v));
            const all = [...values, ...gone.map((value) => ({ value, n: 0 }))];
            return (
              all.length > 0 && (
                <fieldset key={f} className={styles.field}>
                  <legend>{t(`register.${f}`)}</legend>
                  <div className={styles.values}>
                    {all.map((c) => (
                      <label key={c.value} className={styles.value}>
                        <input
                          type="checkbox"
                          name={f}
                          value={c.value}
                          checked={chosen(f).includes(c.value)}
                          onChange={(e) => turn(f, c.value, e.target.checked)}
                        />
                        <bdi>{called(f, c.value)}</bdi>
                        <span className={styles.n}>{c.n}</span>
                      </label>
                    ))}
                  </div>
                </fieldset>
              )
            );
          })}
          <div className={styles.field}>
            {ranges.map((r) => (
              <Typed
                key={r}
                id={r}
                label={t(`register.${r}`)}
                type={r === "from" || r === "until" ? "date" : "text"}
                value={asked[r] ?? ""}
                done={(v) => set({ [r]: v })}
              />
            ))}
          </div>
        </div>
      </details>
    </search>
  );
}
