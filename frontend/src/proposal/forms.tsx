import { Choice, Field, Radios, TextField } from "../ui/Field/Field";
import { isLanguage, languages, useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import { type Call, type Content, named, type Organisation, type Proposal, type Rules } from "./proposal";

export type TaskForm = {
  p: Proposal;
  value: Content;
  change: (to: (from: Content) => Content) => void;
  /** By field id: what was refused, or is missing where one came to mend it. */
  errors: Record<string, string>;
  rules: Rules;
  call: Call;
  organisations: Organisation[];
};

/** How long a text is, of how much: said beside it, and to a reader aloud only when it is too long. */
export function Length({ text, most }: { text: string; most: number }) {
  const { t } = useWords();
  const n = [...text].length;
  return (
    <p className={`${styles.count} ${n > most ? styles.over : ""}`} role={n > most ? "status" : undefined}>
      {n > most ? t("length.over", { count: n - most }) : t("length.of", { n, most })}
    </p>
  );
}

export function Basics({ value, change, errors, rules }: TaskForm) {
  const { t } = useWords();
  const set = (part: Partial<Content>) => change((c) => ({ ...c, ...part }));
  return (
    <>
      <Choice
        id="language"
        label={t("field.language")}
        hint={t("field.language-hint")}
        error={errors.language}
        value={value.language}
        onChange={(e) => set({ language: e.target.value })}
      >
        {!rules.languages.includes(value.language) && <option value={value.language}>{value.language}</option>}
        {rules.languages.map((code) => (
          <option key={code} value={code} lang={code}>
            {isLanguage(code) ? languages[code] : code}
          </option>
        ))}
      </Choice>
      <div>
        <Field
          id="title"
          label={t("field.title")}
          lang={value.language}
          error={errors.title}
          value={value.title}
          onChange={(e) => set({ title: e.target.value })}
        />
        <Length text={value.title} most={rules.title_characters} />
      </div>
      <div>
        <TextField
          id="summary"
          label={t("field.summary")}
          hint={t("field.summary-hint")}
          lang={value.language}
          rows={12}
          error={errors.summary}
          value={value.summary}
          onChange={(e) => set({ summary: e.target.value })}
        />
        <Length text={value.summary} most={rules.summary_characters} />
      </div>
    </>
  );
}

export function Markers({ value, change, errors, rules }: TaskForm) {
  const { t, language } = useWords();
  const set = (key: string, part: { code?: string; reason?: string }) =>
    change((c) => ({ ...c, markers: { ...c.markers, [key]: { code: "", reason: "", ...c.markers[key], ...part } } }));
  return (
    <>
      {rules.markers.map((m) => {
        const id = `markers-${m.key}`;
        const mark = value.markers[m.key];
        return (
          <div key={m.key} id={id} className={styles.marker}>
            <Radios
              id={`${id}-code`}
              label={named(m.name, language)}
              error={errors[id] ?? errors[`${id}-code`]}
              value={mark?.code || undefined}
              onChange={(code) => set(m.key, { code })}
              options={m.steps.map((s) => ({ value: s.code, label: s.code, hint: named(s.name, language) }))}
            />
            <TextField
              id={`${id}-reason`}
              label={t("marker.reason-of", { marker: named(m.name, language) })}
              hint={t("marker.reason-hint")}
              lang={value.language}
              rows={3}
              error={errors[`${id}-reason`]}
              value={mark?.reason ?? ""}
              onChange={(e) => set(m.key, { reason: e.target.value })}
            />
          </div>
        );
      })}
    </>
  );
}
