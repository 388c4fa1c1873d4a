import { useState } from "react";
import { fieldId } from "../api/problem";
import page from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import { Stated } from "./Differences";
import styles from "./Rules.module.css";
import type { Edit, Schemas } from "./rules";

type Rule = Schemas["DraftedRule"];

/** One rule: as it stands, and open to be said otherwise. */
export function RuleForm({
  rule,
  base,
  edit,
  error,
  locked,
  set,
}: {
  rule: Rule;
  /** What the version that the draft starts from says, where the draft says otherwise. */
  base: Schemas["StatedRule"] | null;
  edit: Edit | undefined;
  error: string;
  locked: boolean;
  set: (edit: Edit | undefined) => void;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const id = fieldId(rule.path);
  const now = edit ?? {
    path: rule.path,
    do: "set",
    value: base ? base.value : rule.value,
    source: base?.source ?? rule.source,
    reason: base?.reason ?? rule.reason,
  };
  const text = textOf(now.value, (w) => wordOf(rule, w), t);
  const stated = { value: now.value, text, source: now.source ?? "", reason: now.reason ?? "" };
  const write = (part: Partial<Edit>) => set({ ...now, reason: edit ? (now.reason ?? "") : "", ...part });
  const shown = open || edit !== undefined || error !== "";
  return (
    <section id={id} tabIndex={-1} className={`${styles.rule} ${error ? styles.wrong : ""}`} aria-labelledby={`${id}-name`}>
      <h2 id={`${id}-name`}>
        <Called name={rule.called} path={rule.path} />
      </h2>
      {error && <p role="status">{error}</p>}
      {(!shown || locked) && <Stated of={stated} kind={rule.kind} />}
      {locked ? null : shown ? (
        <div className={styles.fields}>
          <Value rule={rule} id={`${id}-value`} value={now.value} change={(value) => write({ value })} />
          <Choice id={`${id}-source`} label={t("rules.evidence")} value={now.source} onChange={(e) => write({ source: e.target.value })}>
            <option value="known">{t("rules.known")}</option>
            <option value="assumed">{t("rules.assumed")}</option>
          </Choice>
          <TextField
            id={`${id}-reason`}
            rows={2}
            label={t("rules.reason")}
            hint={t("rules.reason-hint")}
            value={now.reason ?? ""}
            onChange={(e) => set({ ...now, reason: e.target.value })}
          />
          <div className={page.acts}>
            <Button
              onClick={() => {
                set(undefined);
                setOpen(false);
              }}
            >
              {t("rules.as-it-was")}
            </Button>
          </div>
        </div>
      ) : (
        <div className={page.acts}>
          <Button onClick={() => setOpen(true)} aria-describedby={`${id}-name`}>
            {t("rules.change")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** What a word of a rule's value is called. */
const wordOf = (rule: Rule, w: string) => rule.words[rule.among.indexOf(w)] ?? w;

/** A value as a table shows it. */
const textOf = (v: unknown, word: (w: string) => string, t: (id: string) => string) =>
  typeof v === "boolean"
    ? t(v ? "rules.yes" : "rules.no")
    : Array.isArray(v)
      ? v.map((x) => word(String(x))).join(" · ")
      : fractionText(v) || word(String(v ?? ""));

const fractionText = (v: unknown) =>
  v && typeof v === "object" && "numerator" in v && "denominator" in v ? `${String(v.numerator)}/${String(v.denominator)}` : "";

/** A whole number as JSON has it; anything else stays the text that was typed, and is told to be none. */
const whole = (text: string): number | string => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : text);

function Value({ rule, id, value, change }: { rule: Rule; id: string; value: unknown; change: (value: unknown) => void }) {
  const { t } = useWords();
  const label = t("rules.value");
  switch (rule.kind) {
    case "names": {
      const names = (value ?? {}) as Record<string, string>;
      return Object.keys(names).map((lang) => (
        <Field
          key={lang}
          id={`${id}-${lang}`}
          lang={lang}
          label={t("rules.value-in", { language: new Intl.DisplayNames([lang], { type: "language" }).of(lang) ?? lang })}
          value={names[lang]}
          onChange={(e) => change({ ...names, [lang]: e.target.value })}
        />
      ));
    }
    case "yes-no":
      return (
        <Choice id={id} label={label} value={String(value)} onChange={(e) => change(e.target.value === "true")}>
          <option value="true">{t("rules.yes")}</option>
          <option value="false">{t("rules.no")}</option>
        </Choice>
      );
    case "one-of":
      return (
        <Choice id={id} label={label} value={String(value)} onChange={(e) => change(e.target.value)}>
          {!rule.among.includes(String(value)) && <option value={String(value)} />}
          {rule.among.map((w) => (
            <option key={w} value={w}>
              {wordOf(rule, w)}
            </option>
          ))}
        </Choice>
      );
    case "some-of": {
      const list = Array.isArray(value) ? (value as string[]) : [];
      return (
        <fieldset className={page.checks}>
          <legend>{label}</legend>
          {rule.among.map((w) => (
            <label key={w} className={page.check}>
              <input
                type="checkbox"
                checked={list.includes(w)}
                onChange={(e) => change(e.target.checked ? [...list, w] : list.filter((x) => x !== w))}
              />
              <span>{wordOf(rule, w)}</span>
            </label>
          ))}
          <p>
            <bdi>{list.map((w) => wordOf(rule, w)).join(" · ") || t("rules.nothing")}</bdi>
          </p>
        </fieldset>
      );
    }
    case "fraction": {
      const f = (value ?? {}) as Record<string, unknown>;
      return (["numerator", "denominator"] as const).map((key) => (
        <Field
          key={key}
          id={`${id}-${key}`}
          inputMode="numeric"
          label={t(`rules.${key}`)}
          value={String(f[key] ?? "")}
          onChange={(e) => change({ ...f, [key]: whole(e.target.value) })}
        />
      ));
    }
    case "numbers":
    case "texts":
    case "days": {
      const list = Array.isArray(value) ? value : [];
      return (
        <TextField
          id={id}
          rows={4}
          label={label}
          hint={t(rule.kind === "days" ? "rules.a-day-a-line" : "rules.a-line-each")}
          value={list.join("\n")}
          onChange={(e) =>
            change(e.target.value === "" ? [] : e.target.value.split("\n").map((line) => (rule.kind === "numbers" ? whole(line) : line)))
          }
        />
      );
    }
    case "number":
      return (
        <Field id={id} inputMode="numeric" label={label} value={String(value ?? "")} onChange={(e) => change(whole(e.target.value))} />
      );
    default:
      return (
        <Field
          id={id}
          label={label}
          hint={["rate", "amount", "month-day", "zone", "currency"].includes(rule.kind) ? t(`rules.form.${rule.kind}`) : undefined}
          value={String(value ?? "")}
          onChange={(e) => change(e.target.value)}
        />
      );
  }
}
