import { useState } from "react";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { decimalsOf, major, minor, sum } from "../money/money";
import { Button } from "../ui/Button/Button";
import { Choice, Field, Radios, TextField } from "../ui/Field/Field";
import { isLanguage, languages, useWords } from "../words/i18n";
import { Endorsed } from "./Endorsed";
import styles from "./Proposal.module.css";
import { isGrid, type Pasted, readPaste } from "./paste";
import { type Call, type Content, ceilingOf, named, type Organisation, type Proposal, type Rules, type Share } from "./proposal";

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
function Length({ text, most }: { text: string; most: number }) {
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

const byName = (list: Organisation[], language: string) => {
  const words = new Intl.Collator(language);
  return [...list].sort((a, b) => words.compare(a.name, b.name));
};

export function Money({ value, change, errors, rules, call, organisations }: TaskForm) {
  const { t, language } = useWords();
  const [pasted, setPasted] = useState<Pasted | null>(null);
  const currency = rules.maximum_amount.currency;
  const decimals = decimalsOf(currency);
  const un = byName(
    organisations.filter((o) => o.kind === "un"),
    language,
  );
  const shares = value.shares.length > 0 ? value.shares : [{ organisation: null, amount: null }];
  const total = sum(
    shares.flatMap((s) => (s.amount ? [s.amount.amount] : [])),
    decimals,
  );
  const ceiling = ceilingOf(call, rules) ?? rules.maximum_amount.amount;
  const rest = minor(ceiling, decimals) - minor(total, decimals);
  const least = minor(rules.minimum_amount.amount, decimals) - minor(total, decimals);
  const put = (i: number, part: Partial<Share>) =>
    change((c) => {
      const all = c.shares.length > 0 ? [...c.shares] : [{ organisation: null, amount: null }];
      all[i] = { ...all[i]!, ...part };
      return { ...c, shares: all };
    });
  const paste = (text: string) => {
    const read = readPaste(text, un, language, decimals);
    setPasted(read);
    change((c) => {
      const all = c.shares.filter((s) => s.organisation || s.amount);
      for (const row of read.rows) {
        const share = { organisation: row.organisation, amount: { amount: row.amount, currency } };
        const at = all.findIndex((s) => s.organisation === row.organisation);
        if (at < 0) all.push(share);
        else all[at] = share;
      }
      return { ...c, shares: all };
    });
  };
  return (
    <section
      className={styles.form}
      aria-label={t("field.shares")}
      onPaste={(e) => {
        const text = e.clipboardData.getData("text/plain");
        if (!isGrid(text)) return;
        e.preventDefault();
        paste(text);
      }}
    >
      <p className={styles.quiet}>{t("money.paste-hint")}</p>
      {pasted && (
        <div role="status" className={`${styles.banner} ${pasted.faults.length > 0 ? "" : styles.good}`}>
          <p>{t("money.pasted", { count: pasted.rows.length })}</p>
          {pasted.faults.length > 0 && (
            <ul className={styles.plain}>
              {pasted.faults.map((f) => (
                <li key={f.row}>
                  {f.what === "no-organisation"
                    ? t("money.pasted-nobody", { row: f.row, cell: f.cell })
                    : t("money.pasted-no-amount", { organisation: f.organisation, cell: f.cell })}
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
      <table className={styles.grid} id="shares" tabIndex={-1}>
        <caption className="unseen">{t("field.shares")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("money.organisation")}</th>
            <th scope="col" className={styles.amount}>
              {t("money.amount", { currency })}
            </th>
            <td className={styles.act} />
          </tr>
        </thead>
        <tbody>
          {shares.map((s, i) => {
            const id = `shares-${i}`;
            const who = un.find((o) => o.id === s.organisation)?.code ?? t("money.row", { n: i + 1 });
            const cell = t("money.cell", { organisation: who });
            const bad = errors[`${id}-amount`];
            return (
              <tr key={i}>
                <th scope="row">
                  <Choice
                    id={`${id}-organisation`}
                    bare
                    label={t("money.row-organisation", { n: i + 1 })}
                    error={errors[`${id}-organisation`]}
                    value={s.organisation ?? ""}
                    onChange={(e) => put(i, { organisation: e.target.value || null })}
                  >
                    <option value="">{t("field.choose")}</option>
                    {un.map((o) => (
                      <option key={o.id} value={o.id} disabled={shares.some((x, j) => j !== i && x.organisation === o.id)}>
                        {o.code === o.name ? o.name : `${o.code}, ${o.name}`}
                      </option>
                    ))}
                  </Choice>
                  {i === 0 && <span className={styles.quiet}>{t("money.convening")}</span>}
                  {errors[`${id}-organisation`] && (
                    <p className={styles.error} aria-hidden="true">
                      {errors[`${id}-organisation`]}
                    </p>
                  )}
                  {bad && (
                    <p className={styles.error} aria-hidden="true">
                      {t("error.named", { field: cell, sentence: bad })}
                    </p>
                  )}
                </th>
                <td className={styles.amount}>
                  <MoneyField
                    key={`${s.organisation}`}
                    id={`${id}-amount`}
                    bare
                    label={cell}
                    error={bad}
                    currency={currency}
                    value={s.amount?.amount ?? ""}
                    onChange={(amount) => {
                      // What is no amount stays in its field, marked; the draft keeps the last one that was.
                      if (amount !== null) put(i, { amount: amount === "" ? null : { amount, currency } });
                    }}
                  />
                </td>
                <td className={styles.act}>
                  <Button
                    tone="quiet"
                    aria-label={t("money.remove", { organisation: who })}
                    disabled={value.shares.length === 0}
                    onClick={() => change((c) => ({ ...c, shares: c.shares.filter((_, j) => j !== i) }))}
                  >
                    <span aria-hidden="true">✕</span>
                  </Button>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("money.total")}</th>
            <td className={styles.amount}>
              <Amount value={total} strong />
            </td>
            <td className={styles.act} />
          </tr>
        </tfoot>
      </table>
      <div className={styles.buttons}>
        <Button
          onClick={() =>
            change((c) => ({ ...c, shares: [...(c.shares.length > 0 ? c.shares : shares), { organisation: null, amount: null }] }))
          }
        >
          {t("money.add")}
        </Button>
      </div>
      {errors.shares && <p className={styles.error}>{errors.shares}</p>}
      <p className={`${styles.remainder} ${rest < 0n || least > 0n ? styles.exceeded : ""}`}>
        <span>
          {rest < 0n ? t("money.over") : least > 0n ? t("money.under") : t("money.left")}{" "}
          <Amount value={least > 0n ? rules.minimum_amount.amount : ceiling} currency={currency} />
        </span>
        <Amount value={major(rest < 0n ? -rest : least > 0n ? least : rest, decimals)} />
      </p>
    </section>
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
      </div>
    </section>
  );
}
