import { Link } from "wouter";
import { Choice, Field, Radios, TextField } from "../ui/Field/Field";
import { isLanguage, languages, useWords } from "../words/i18n";
import { Endorsed } from "./Endorsed";
import styles from "./Proposal.module.css";
import { byName, type Call, type Content, named, type Organisation, type Proposal, type Rules } from "./proposal";

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

export function Scope({ value, change, errors, rules, call, organisations }: TaskForm) {
  const { t, language } = useWords();
  const set = (part: Partial<Content>) => change((c) => ({ ...c, ...part }));
  const area = rules.areas.find((a) => a.key === value.area);
  const open = rules.areas.filter((a) => call.areas.includes(a.key) || a.key === value.area);
  const within = area?.objectives ?? [];
  const outside = value.objectives.filter((o) => !within.includes(o));
  const wrong = Object.keys(errors).find((id) => id === "objectives" || id.startsWith("objectives-"));
  const tick = (n: number, on: boolean) =>
    change((c) => ({ ...c, objectives: on ? [...c.objectives, n].sort((a, b) => a - b) : c.objectives.filter((o) => o !== n) }));
  return (
    <>
      <Choice
        id="state"
        label={t("field.state")}
        hint={t("field.state-hint")}
        error={errors.state}
        value={value.state ?? ""}
        onChange={(e) => set({ state: e.target.value || null })}
      >
        <option value="">{t("field.choose")}</option>
        {byName(
          organisations.filter((o) => o.kind === "state"),
          language,
        ).map((o) => (
          <option key={o.id} value={o.id}>
            {o.name}
          </option>
        ))}
      </Choice>
      <Radios
        id="area"
        label={t("field.area")}
        hint={t("field.area-hint")}
        error={errors.area}
        value={value.area || undefined}
        onChange={(key) => set({ area: key })}
        options={open.map((a) => ({
          value: a.key,
          label: named(a.name, language),
          hint: t("field.area-objectives", { list: a.objectives.join(", ") }),
        }))}
      />
      <fieldset
        id="objectives"
        tabIndex={-1}
        className={`${styles.checks} ${wrong || (area && outside.length > 0) ? styles.wrong : ""}`}
        aria-describedby={wrong ? "objectives-error" : undefined}
      >
        <legend className={styles.legend}>{t("field.objectives")}</legend>
        <p className={styles.quiet}>{area ? t("field.objectives-hint") : t("field.objectives-first")}</p>
        {wrong && (
          <p id="objectives-error" className={styles.error}>
            <span className="unseen">{t("field.error")} </span>
            {errors[wrong]}
          </p>
        )}
        {[...within, ...outside].map((n) => (
          <label key={n} className={styles.check}>
            <input type="checkbox" checked={value.objectives.includes(n)} onChange={(e) => tick(n, e.target.checked)} />
            <span>
              {n}. {t(`objective.${n}`)}
              {area && outside.includes(n) && <span className={styles.error}> {t("field.objective-outside")}</span>}
            </span>
          </label>
        ))}
      </fieldset>
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

/** Read only: the word is the state's. */
export function Endorsement({ p, organisations }: TaskForm) {
  const { t } = useWords();
  const state = organisations.find((o) => o.id === p.state?.id);
  if (!state) return <p>{t("endorsement.no-state")}</p>;
  return (
    <section className={styles.stack}>
      <h2>{t("endorsement.who", { state: state.name })}</h2>
      <div className={styles.stack}>
        <div>
          <Endorsed p={p} note />
        </div>
        <p className={styles.prose}>
          {p.endorsed ? t("endorsement.done") : p.endorsement ? t("endorsement.earlier") : t("endorsement.waiting", { state: state.name })}
        </p>
        <p>
          <Link href={`/proposals/${p.id}/endorsements`}>{t("task.endorsement")}</Link>
        </p>
      </div>
    </section>
  );
}
