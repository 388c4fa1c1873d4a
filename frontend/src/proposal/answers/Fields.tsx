import { lazy, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/Button/Button";
import { Choice, Field, TextField } from "../../ui/Field/Field";
import { useWords } from "../../words/i18n";
import { Length } from "../forms";
import styles from "../Proposal.module.css";
import { type FormField, named, type Organisation, type ProposalForm } from "../proposal";
import own from "./Fields.module.css";

// Most forms ask for no amount.
const MoneyField = lazy(async () => ({ default: (await import("../../money/MoneyField")).MoneyField }));

export type Around = {
  form: ProposalForm;
  /** All answers: what may be chosen depends on them. */
  answers: Record<string, unknown>;
  /** In which the proposal is written. */
  written: string;
  /** By field id. */
  errors: Record<string, string>;
  participants: Organisation[];
  signatories: Organisation[];
  currency: string;
};

type Answer = {
  field: FormField;
  id: string;
  value: unknown;
  set: (value: unknown) => void;
  around: Around;
  siblings?: Record<string, unknown>;
};
type Records = Record<string, unknown>[];

const list = (v: unknown): unknown[] => (Array.isArray(v) ? v : []);
const text = (v: unknown) => (typeof v === "string" ? v : "");

/** One question of a form, as its kind asks: with its help, and an example to be opened. */
export function AnswerField(props: Answer) {
  const { t, language } = useWords();
  const { field } = props;
  return (
    <div className={styles.answer}>
      <Input {...props} />
      {field.example && (
        <details className={styles.example}>
          <summary>{t("form.example")}</summary>
          <p className={styles.prose}>{named(field.example, language)}</p>
        </details>
      )}
    </div>
  );
}

function Input({ field, id, value, set, around, siblings = {} }: Answer) {
  const { t, language } = useWords();
  const needed = field.required || (field.required_when && siblings[field.required_when.field] === field.required_when.is);
  const frame = {
    id,
    label: named(field.label, language),
    hint: field.help && named(field.help, language),
    error: around.errors[id],
    optional: !needed,
  };
  switch (field.kind) {
    case "text":
    case "code":
      return (
        <div>
          <Field {...frame} lang={around.written} value={text(value)} onChange={(e) => set(e.target.value)} />
          {field.kind === "text" && field.longest && <Length text={text(value)} most={field.longest} />}
        </div>
      );
    case "long":
      return (
        <div>
          <TextField
            {...frame}
            lang={around.written}
            rows={(field.longest ?? 0) > 2000 ? 10 : 3}
            value={text(value)}
            onChange={(e) => set(e.target.value)}
          />
          {field.longest && <Length text={text(value)} most={field.longest} />}
        </div>
      );
    case "figure":
      return <Field {...frame} inputMode="decimal" dir="ltr" value={text(value)} onChange={(e) => set(e.target.value.trim())} />;
    case "number":
      return <Whole {...frame} value={value} set={set} />;
    case "date":
    case "month":
      return <Field {...frame} type={field.kind} dir="ltr" value={text(value)} onChange={(e) => set(e.target.value)} />;
    case "money":
      return (
        <MoneyField
          {...frame}
          error={frame.error ?? around.errors[`${id}-amount`]}
          currency={around.currency}
          value={text((value as { amount?: string } | undefined)?.amount)}
          onChange={(amount) => set(amount ? { amount, currency: around.currency } : undefined)}
        />
      );
    case "yes":
      return (
        <label className={styles.check}>
          <input id={id} type="checkbox" checked={value === true} onChange={(e) => set(e.target.checked)} />
          <span>{frame.label}</span>
        </label>
      );
    case "choice":
    case "organisation": {
      const options = optionsOf(field, around, language);
      const lost = text(value) !== "" && !options.some((o) => o.code === value);
      return (
        <Choice {...frame} value={text(value)} onChange={(e) => set(e.target.value)}>
          <option value="">{t("field.choose")}</option>
          {lost && <option value={text(value)}>{text(value)}</option>}
          {options.map((o) => (
            <option key={o.code} value={o.code}>
              {o.name}
            </option>
          ))}
        </Choice>
      );
    }
    case "choices":
      return (
        <Ticks field={field} frame={frame} value={list(value)} set={set} options={optionsOf(field, around, language)} around={around} />
      );
    case "years":
      return <Years frame={frame} value={list(value)} set={set} around={around} />;
    case "quarters": {
      const quarters = Math.ceil(Number(around.answers.months ?? 0) / 3);
      const options = Array.from({ length: Math.max(quarters, ...list(value).map(Number), 0) }, (_, i) => ({
        code: i + 1,
        name: t("form.quarter", { n: i + 1 }),
      }));
      return <Ticks field={field} frame={frame} value={list(value)} set={set} options={options} around={around} />;
    }
    case "list":
      return <RecordList field={field} id={id} value={list(value) as Records} set={set} around={around} siblings={siblings} />;
    default:
      return null;
  }
}

type Option = { code: string | number; name: string };

/** What may be chosen: the field's own values, a list's, those that stand elsewhere in the answers, or organisations. */
function optionsOf(field: FormField, around: Around, language: string): Option[] {
  if (field.kind === "organisation")
    return (field.among === "participants" ? around.participants : around.signatories).map((o) => ({ code: o.id, name: o.name }));
  if (field.from) {
    const [first, ...path] = field.from.split("/");
    let found = list(around.answers[first!]) as Records;
    for (const step of path.slice(0, -1)) found = found.flatMap((r) => list(r[step]) as Records);
    const key = path.at(-1)!;
    return found.filter((r) => text(r[key])).map((r) => ({ code: text(r[key]), name: `${text(r[key])} ${text(r.title)}`.trim() }));
  }
  if (field.list) {
    const goals = list(around.answers.sdg_goals);
    return (around.form.lists[field.list] ?? [])
      .filter((r) => field.list !== "sdg-targets" || goals.includes(r.code.split(".")[0]))
      .map((r) => ({ code: r.code, name: `${r.code}. ${named(r.label, language)}` }));
  }
  return (field.values ?? []).map((v) => ({ code: v.code, name: named(v.label, language) }));
}

type Shown = { id: string; label: string; hint?: string; error?: string; optional?: boolean };

/** A whole number as it is typed; what is none stays in its field. */
function Whole({ value, set, ...frame }: Shown & { value: unknown; set: (v: unknown) => void }) {
  const [typed, setTyped] = useState(value === undefined ? "" : String(value));
  const own = /^-?\d{1,9}$/.test(typed.trim()) ? Number(typed) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what others wrote is taken in, what is typed is left
  useEffect(() => {
    if (value !== own && value !== undefined) setTyped(String(value));
  }, [value]);
  return (
    <Field
      {...frame}
      inputMode="numeric"
      dir="ltr"
      value={typed}
      onChange={(e) => {
        setTyped(e.target.value);
        const n = e.target.value.trim();
        if (n === "") set(undefined);
        else if (/^-?\d{1,9}$/.test(n)) set(Number(n));
      }}
    />
  );
}

function Ticks({
  field,
  frame,
  value,
  set,
  options,
  around,
}: {
  field: FormField;
  frame: Shown;
  value: unknown[];
  set: (v: unknown) => void;
  options: Option[];
  around: Around;
}) {
  const { t } = useWords();
  const error = frame.error ?? around.errors[Object.keys(around.errors).find((k) => k.startsWith(`${frame.id}-`)) ?? ""];
  const all = [...options, ...value.filter((v) => !options.some((o) => o.code === v)).map((v) => ({ code: v as string, name: String(v) }))];
  return (
    <fieldset
      id={frame.id}
      tabIndex={-1}
      className={`${styles.checks} ${error ? styles.wrong : ""} ${field.kind === "quarters" ? own.across : ""}`}
    >
      <legend className={styles.legend}>{frame.label}</legend>
      {frame.hint && <p className={styles.quiet}>{frame.hint}</p>}
      {error && (
        <p className={styles.error}>
          <span className="unseen">{t("field.error")} </span>
          {error}
        </p>
      )}
      {all.length === 0 && <p className={styles.quiet}>{t(field.kind === "quarters" ? "form.months-first" : "form.goals-first")}</p>}
      {all.map((o) => (
        <label key={o.code} className={styles.check}>
          <input
            type="checkbox"
            checked={value.includes(o.code)}
            onChange={(e) =>
              set(
                e.target.checked
                  ? all.map((x) => x.code).filter((c) => c === o.code || value.includes(c))
                  : value.filter((v) => v !== o.code),
              )
            }
          />
          <span dir="auto">{o.name}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** A figure for each year that the programme lasts. */
function Years({ frame, value, set, around }: { frame: Shown; value: unknown[]; set: (v: unknown) => void; around: Around }) {
  const { t } = useWords();
  const years = Math.max(Math.ceil(Number(around.answers.months ?? 0) / 12), value.length);
  return (
    <fieldset id={frame.id} tabIndex={-1} className={`${styles.checks} ${own.across} ${frame.error ? styles.wrong : ""}`}>
      <legend className={styles.legend}>{frame.label}</legend>
      {frame.hint && <p className={styles.quiet}>{frame.hint}</p>}
      {frame.error && <p className={styles.error}>{frame.error}</p>}
      {years === 0 && <p className={styles.quiet}>{t("form.months-first")}</p>}
      {Array.from({ length: years }, (_, i) => (
        <Field
          key={i}
          id={`${frame.id}-${i}`}
          label={t("form.year", { n: i + 1 })}
          error={around.errors[`${frame.id}-${i}`]}
          inputMode="decimal"
          dir="ltr"
          value={text(value[i])}
          onChange={(e) => set(Array.from({ length: years }, (_, j) => (j === i ? e.target.value.trim() : text(value[j]))))}
        />
      ))}
    </fieldset>
  );
}

/** Records, each a group of its own: added, taken out and put in another order by keys as well as by mouse. */
function RecordList({
  field,
  id,
  value,
  set,
  around,
  siblings,
}: {
  field: FormField;
  id: string;
  value: Records;
  set: (v: unknown) => void;
  around: Around;
  siblings: Record<string, unknown>;
}) {
  const { t, language } = useWords();
  const box = useRef<HTMLElement>(null);
  const [focus, setFocus] = useState<string | null>(null);
  const row = named(field.row ?? field.label, language);
  useEffect(() => {
    if (focus === null) return;
    document.getElementById(focus)?.focus();
    setFocus(null);
  }, [focus]);
  const add = () => {
    const code = field.fields?.find((f) => f.kind === "code");
    const above = text(siblings.code);
    set([...value, code ? { [code.key]: `${above ? `${above}.` : ""}${value.length + 1}` } : {}]);
    setFocus(`${id}-${value.length}`);
  };
  const move = (i: number, by: number) => {
    const all = [...value];
    all.splice(i + by, 0, ...all.splice(i, 1));
    set(all);
    setFocus(`${id}-${i + by}`);
  };
  return (
    <section ref={box} className={styles.form}>
      <div id={id} tabIndex={-1}>
        <h2 className={styles.legend}>{named(field.label, language)}</h2>
        {field.help && <p className={styles.quiet}>{named(field.help, language)}</p>}
        {around.errors[id] && (
          <p className={styles.error}>
            <span className="unseen">{t("field.error")} </span>
            {around.errors[id]}
          </p>
        )}
      </div>
      {value.map((record, i) => {
        const name = t("form.record", { row, n: i + 1 });
        return (
          <fieldset key={i} id={`${id}-${i}`} tabIndex={-1} className={`${own.record} ${styles.form}`}>
            <legend className={styles.legend}>{name}</legend>
            {field.fields?.map((f) => (
              <AnswerField
                key={f.key}
                field={f}
                id={`${id}-${i}-${f.key}`}
                value={record?.[f.key]}
                siblings={record}
                set={(v) => set(value.map((r, j) => (j === i ? { ...r, [f.key]: v } : r)))}
                around={around}
              />
            ))}
            <div className={styles.buttons}>
              <Button tone="quiet" disabled={i === 0} aria-label={t("form.up", { name })} onClick={() => move(i, -1)}>
                <span aria-hidden="true">↑</span>
              </Button>
              <Button tone="quiet" disabled={i === value.length - 1} aria-label={t("form.down", { name })} onClick={() => move(i, 1)}>
                <span aria-hidden="true">↓</span>
              </Button>
              <Button
                tone="quiet"
                aria-label={t("form.remove", { name })}
                onClick={() => {
                  set(value.filter((_, j) => j !== i));
                  setFocus(id);
                }}
              >
                <span aria-hidden="true">✕</span>
              </Button>
            </div>
          </fieldset>
        );
      })}
      <div className={styles.buttons}>
        <Button onClick={add}>{t("form.add", { row })}</Button>
      </div>
    </section>
  );
}
