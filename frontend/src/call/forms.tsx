import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { MoneyField } from "../money/MoneyField";
import { fund } from "../shell/fund";
import { placeOf } from "../time/dates";
import { instantIn, localIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { Choice, Field, Radios, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Criterion, type Draft, type Language, languageName, languages, type Step } from "./call";

type Props = {
  value: Draft;
  change: (to: (from: Draft) => Draft) => void;
  errors: Record<string, string>;
  rules: Rules;
};

/** The fields of one step. */
export function Forms({ step, ...props }: Props & { step: Step }) {
  switch (step) {
    case "words":
      return <WordsForm {...props} />;
    case "translations":
      return <TranslationsForm {...props} />;
    case "time":
      return <TimeForm {...props} />;
    case "limits":
      return <LimitsForm {...props} />;
    default:
      return <EligibilityForm {...props} />;
  }
}

/** One of the six languages. */
function Tongue({
  id,
  value,
  onChange,
  among = languages,
}: {
  id: string;
  value: Language;
  onChange: (to: Language) => void;
  among?: Language[];
}) {
  const { t, language } = useWords();
  return (
    <Choice id={id} label={t("callpage.language")} value={value} onChange={(e) => onChange(e.target.value as Language)}>
      {among.map((l) => (
        <option key={l} value={l}>
          {languageName(l, language)}
        </option>
      ))}
    </Choice>
  );
}

type WordsOf = Pick<Draft, "language" | "title" | "text" | "translations" | "eligibility">;
type WordsProps<T extends WordsOf> = { value: T; change: (to: (from: T) => T) => void; errors: Record<string, string> };

export function WordsForm<T extends WordsOf>({ value: v, change, errors, fixed }: WordsProps<T> & { fixed?: boolean }) {
  const { t } = useWords();
  return (
    <>
      {!fixed && (
        <Tongue
          id="language"
          value={v.language as Language}
          onChange={(language) => change((d) => ({ ...d, language, translations: d.translations.filter((x) => x.language !== language) }))}
        />
      )}
      <Field
        id="title"
        lang={v.language}
        label={t("callpage.field.title")}
        error={errors.title}
        value={v.title}
        onChange={(e) => change((d) => ({ ...d, title: e.target.value }))}
      />
      <TextField
        id="text"
        lang={v.language}
        rows={10}
        label={t("callpage.field.text")}
        hint={t("callpage.text-hint")}
        error={errors.text}
        value={v.text}
        onChange={(e) => change((d) => ({ ...d, text: e.target.value }))}
      />
    </>
  );
}

export function TranslationsForm<T extends WordsOf>({ value: v, change, errors }: WordsProps<T>) {
  const { t, language } = useWords();
  const free = languages.filter((l) => l !== v.language && !v.translations.some((x) => x.language === l));
  const [to, setTo] = useState<Language | "">("");
  const chosen = to && free.includes(to) ? to : free[0];
  const set = (i: number, part: Partial<Draft["translations"][number]>) =>
    change((d) => ({ ...d, translations: d.translations.map((x, k) => (k === i ? { ...x, ...part } : x)) }));
  return (
    <>
      {v.translations.map((x, i) => (
        <fieldset key={x.language} className={styles.card}>
          <legend>
            <b>{languageName(x.language, language)}</b>
          </legend>
          <Radios
            id={`translations-${i}-by`}
            label={t("callpage.translated-by")}
            hint={t("callpage.translated-by-hint")}
            value={x.by}
            onChange={(by) => set(i, { by })}
            options={[
              { value: "person", label: t("callpage.by-person") },
              { value: "machine", label: t("callpage.by-machine") },
            ]}
          />
          <Field
            id={`translations-${i}-title`}
            lang={x.language}
            label={t("callpage.field.title")}
            error={errors[`translations-${i}-title`]}
            value={x.title}
            onChange={(e) => set(i, { title: e.target.value })}
          />
          <TextField
            id={`translations-${i}-text`}
            lang={x.language}
            rows={8}
            label={t("callpage.field.text")}
            error={errors[`translations-${i}-text`]}
            value={x.text}
            onChange={(e) => set(i, { text: e.target.value })}
          />
          <div className={styles.acts}>
            <Button onClick={() => change((d) => ({ ...d, translations: d.translations.filter((_, k) => k !== i) }))}>
              {t("callpage.remove-translation", { language: languageName(x.language, language) })}
            </Button>
          </div>
        </fieldset>
      ))}
      {chosen && (
        <div className={styles.acts}>
          <Tongue id="to" value={chosen} onChange={setTo} among={free} />
          <Button
            onClick={() =>
              change((d) => ({
                ...d,
                translations: [...d.translations, { language: chosen, title: "", text: "", by: "person" as const }].sort(
                  (a, b) => languages.indexOf(a.language) - languages.indexOf(b.language),
                ),
              }))
            }
          >
            {t("callpage.add-translation")}
          </Button>
        </div>
      )}
    </>
  );
}

/** An instant, by the clocks of the fund. */
function When({
  id,
  value,
  onChange,
  ...frame
}: {
  id: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  optional?: boolean;
  value: string;
  onChange: (to: string) => void;
}) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState(() => localIn(value, fund.zone));
  return (
    <Field
      {...frame}
      id={id}
      type="datetime-local"
      dir="ltr"
      hint={frame.hint ?? t("callpage.time-hint", { place: placeOf(fund.zone, language) })}
      value={typed}
      onChange={(e) => {
        setTyped(e.target.value);
        onChange(instantIn(e.target.value, fund.zone));
      }}
    />
  );
}

function TimeForm({ value: v, change, errors, rules }: Props) {
  const { t } = useWords();
  return (
    <>
      {(["opens_at", "closes_at", "questions_until"] as const).map((key) => (
        <When
          key={key}
          id={key}
          label={t(`callpage.field.${key}`)}
          optional={key === "questions_until"}
          error={errors[key]}
          value={v[key]}
          onChange={(at) => change((d) => ({ ...d, [key]: at }))}
        />
      ))}
      <Radios
        id="late_entries"
        label={t("callpage.field.late_entries")}
        hint={rules.proposals.late_entries === "refused" ? t("callpage.late-by-charter") : undefined}
        error={errors.late_entries}
        value={v.late_entries || "refused"}
        onChange={(late_entries) => change((d) => ({ ...d, late_entries }))}
        options={(["refused", "flagged"] as const).map((x) => ({
          value: x,
          label: t(`callpage.late.${x}`),
          disabled: x === "flagged" && rules.proposals.late_entries === "refused",
        }))}
      />
      <Radios
        id="score_total"
        label={t("callpage.field.score_total")}
        error={errors.score_total}
        value={v.score_total || rules.scoring.total}
        onChange={(score_total) => change((d) => ({ ...d, score_total }))}
        options={(["mean-of-assessors", "sum-of-assessors"] as const).map((x) => ({ value: x, label: t(`callpage.total.${x}`) }))}
      />
    </>
  );
}

function Ticks({
  id,
  label,
  error,
  all,
  chosen,
  onChange,
}: {
  id: string;
  label: string;
  error?: string | undefined;
  all: { key: string; name: string }[];
  chosen: string[];
  onChange: (to: string[]) => void;
}) {
  return (
    <fieldset className={styles.checks} id={id}>
      <legend>
        <b>{label}</b>
      </legend>
      {error && <p>{error}</p>}
      {all.map(({ key, name }) => (
        <label key={key} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(key)}
            onChange={(e) => onChange(all.map((x) => x.key).filter((k) => (k === key ? e.target.checked : chosen.includes(k))))}
          />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}

type FormChoiceProps = { phase: "concept" | "document"; value: number; error: string | undefined; onChange: (version: number) => void };

/** On which version of a form the call's proposals are written: any that was released, with what it asks to be read. */
function FormChoice({ phase, value, error, onChange }: FormChoiceProps) {
  const { t, language } = useWords();
  const forms = useQuery({ queryKey: ["forms"], queryFn: async () => (await client.GET("/forms")).data ?? [] });
  const id = `${phase}_form`;
  const newest = forms.data?.find((f) => f.phase === phase && f.newest)?.version;
  return (
    <Choice
      id={id}
      label={t(`callpage.field.${id}`)}
      error={error}
      value={value || newest}
      onChange={(e) => onChange(Number(e.target.value))}
    >
      {(forms.data ?? [])
        .filter((f) => f.phase === phase)
        .map((f) => (
          <option key={f.version} value={f.version}>
            {t(f.newest ? "callpage.form-newest" : "callpage.form-version", { n: f.version, name: named(f.title, language, "") })}
          </option>
        ))}
      {!forms.data && <option value={value}>{value}</option>}
    </Choice>
  );
}

function LimitsForm({ value: v, change, errors, rules }: Props) {
  const { t, language } = useWords();
  const name = (key: string) => named(rules.proposals.areas.find((a) => a.key === key)?.name, language, key);
  const money = (amount: string | null, typed: string) =>
    typed.trim() === "" ? null : { amount: amount ?? typed, currency: rules.currency };
  return (
    <>
      <Ticks
        id="areas"
        label={t("callpage.field.areas")}
        error={errors.areas}
        all={rules.proposals.areas.map((a) => ({ key: a.key, name: name(a.key) }))}
        chosen={v.areas}
        onChange={(areas) =>
          change((d) => ({
            ...d,
            areas,
            area_ceilings: Object.fromEntries(Object.entries(d.area_ceilings).filter(([k]) => areas.includes(k))),
          }))
        }
      />
      <Ticks
        id="languages"
        label={t("callpage.field.languages")}
        error={errors.languages}
        all={rules.proposals.languages.map((l) => ({ key: l, name: languageName(l, language) }))}
        chosen={v.languages}
        onChange={(list) => change((d) => ({ ...d, languages: list }))}
      />
      {rules.proposals.stages === "as-the-call-says" && (
        <Radios
          id="stages"
          label={t("callpage.field.stages")}
          value={String(v.stages) as "1" | "2"}
          onChange={(n) => change((d) => ({ ...d, stages: Number(n) }))}
          options={(["1", "2"] as const).map((n) => ({ value: n, label: t(`callpage.stages.${n}`) }))}
        />
      )}
      {v.stages === 2 && (
        <FormChoice
          phase="concept"
          value={v.concept_form}
          error={errors.concept_form}
          onChange={(n) => change((d) => ({ ...d, concept_form: n }))}
        />
      )}
      <FormChoice
        phase="document"
        value={v.document_form}
        error={errors.document_form}
        onChange={(n) => change((d) => ({ ...d, document_form: n }))}
      />
      <p className={styles.quiet}>{t("callpage.scoring-lead")}</p>
      <MoneyField
        id="ceiling"
        label={t("callpage.field.ceiling")}
        optional
        error={errors.ceiling}
        value={v.ceiling?.amount ?? ""}
        currency={rules.currency}
        onChange={(amount, typed) => change((d) => ({ ...d, ceiling: money(amount, typed) }))}
      />
      <details open={Object.keys(v.area_ceilings).length > 0}>
        <summary>{t("callpage.field.area_ceilings")}</summary>
        <div className={styles.stack}>
          {v.areas.map((key) => (
            <MoneyField
              key={key}
              id={`area_ceilings-${key}`}
              label={name(key)}
              optional
              error={errors[`area_ceilings-${key}`]}
              value={v.area_ceilings[key]?.amount ?? ""}
              currency={rules.currency}
              onChange={(amount, typed) =>
                change((d) => {
                  const { [key]: _, ...rest } = d.area_ceilings;
                  const m = money(amount, typed);
                  return { ...d, area_ceilings: m ? { ...rest, [key]: m } : rest };
                })
              }
            />
          ))}
        </div>
      </details>
      <Field
        id="state_entries"
        type="number"
        min={0}
        inputMode="numeric"
        optional
        label={t("callpage.field.state_entries")}
        hint={t("callpage.state-entries-hint")}
        error={errors.state_entries}
        value={v.state_entries || ""}
        onChange={(e) => change((d) => ({ ...d, state_entries: Math.trunc(Number(e.target.value)) || 0 }))}
      />
      <MoneyField
        id="state_ceiling"
        label={t("callpage.field.state_ceiling")}
        optional
        error={errors.state_ceiling}
        value={v.state_ceiling?.amount ?? ""}
        currency={rules.currency}
        onChange={(amount, typed) => change((d) => ({ ...d, state_ceiling: money(amount, typed) }))}
      />
    </>
  );
}

/** Questions of eligibility, each in every language of the call; of an announced call their words alone. */
export function EligibilityForm<T extends WordsOf>({ value: v, change, errors, fixed }: WordsProps<T> & { fixed?: boolean }) {
  const { t, language } = useWords();
  const set = (i: number, part: Partial<Criterion>) =>
    change((d) => ({ ...d, eligibility: d.eligibility.map((x, k) => (k === i ? { ...x, ...part } : x)) }));
  const tongues = [v.language, ...v.translations.map((x) => x.language)];
  return (
    <>
      {v.eligibility.map((q, i) => (
        <fieldset key={i} className={styles.card}>
          <legend>
            <b>{t("callpage.question-n", { n: i + 1 })}</b>
          </legend>
          {tongues.map((l) => (
            <div key={l} className={styles.tight}>
              <TextField
                id={`eligibility-${i}-question-${l}`}
                rows={2}
                lang={l}
                label={t("callpage.question", { language: languageName(l!, language) })}
                error={errors[`eligibility-${i}-question-${l}`]}
                value={q.question[l!] ?? ""}
                onChange={(e) => set(i, { question: { ...q.question, [l!]: e.target.value } })}
              />
              <TextField
                id={`eligibility-${i}-why-${l}`}
                rows={2}
                lang={l}
                label={t("callpage.why", { language: languageName(l!, language) })}
                error={errors[`eligibility-${i}-why-${l}`]}
                value={q.why[l!] ?? ""}
                onChange={(e) => set(i, { why: { ...q.why, [l!]: e.target.value } })}
              />
            </div>
          ))}
          {!fixed && (
            <>
              <Radios
                id={`eligibility-${i}-qualifies`}
                label={t("callpage.qualifies")}
                value={q.qualifies ? "yes" : "no"}
                onChange={(x: "yes" | "no") => set(i, { qualifies: x === "yes" })}
                options={[
                  { value: "yes", label: t("callpage.yes") },
                  { value: "no", label: t("callpage.no") },
                ]}
              />
              <div className={styles.acts}>
                <Button onClick={() => change((d) => ({ ...d, eligibility: d.eligibility.filter((_, k) => k !== i) }))}>
                  {t("callpage.remove-question", { n: i + 1 })}
                </Button>
              </div>
            </>
          )}
        </fieldset>
      ))}
      {!fixed && (
        <div className={styles.acts}>
          <Button onClick={() => change((d) => ({ ...d, eligibility: [...d.eligibility, { question: {}, why: {}, qualifies: true }] }))}>
            {t("callpage.add-question")}
          </Button>
        </div>
      )}
    </>
  );
}
