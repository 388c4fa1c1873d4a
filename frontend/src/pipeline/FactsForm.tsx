import { useState } from "react";
import { useOrganisations } from "../api/organisations";
import { type Rules as Charter, named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { MoneyField } from "../money/MoneyField";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { type Facts, stages } from "./data";

/** What the pipeline says of a programme that has no proposal. Ids begin with what the server's fields do. */
export function FactsForm({
  at,
  value: f,
  change,
  wrong,
  rules,
}: {
  at: string;
  value: Facts;
  change: (to: Facts) => void;
  wrong: Record<string, string>;
  rules: Charter;
}) {
  const { t, language } = useWords();
  const all = useOrganisations().data ?? [];
  const id = (name: string) => `${at}-${name}`;
  const set = (part: Partial<Facts>) => change({ ...f, ...part });
  const plain = (name: "title" | "region" | "months") => ({
    id: id(name),
    label: t(`pipe.${name}`),
    error: wrong[id(name)],
    value: f[name],
    onChange: (e: { target: { value: string } }) => set({ [name]: e.target.value }),
  });
  const area = rules.proposals.areas.find((a) => a.key === f.area);
  return (
    <>
      <Field {...plain("title")} lang={f.language} dir="auto" />
      <TextField
        id={id("purpose")}
        label={t("pipe.purpose")}
        rows={4}
        lang={f.language}
        error={wrong[id("purpose")]}
        value={f.purpose}
        onChange={(e) => set({ purpose: e.target.value })}
      />
      <Choice id={id("language")} label={t("pipe.language")} value={f.language} onChange={(e) => set({ language: e.target.value })}>
        <LanguageOptions />
      </Choice>
      <Choice id={id("scope")} label={t("pipe.scope")} value={f.scope} onChange={(e) => set({ scope: e.target.value })}>
        {["national", "regional", "global"].map((s) => (
          <option key={s} value={s}>
            {t(`pipe.scope.${s}`)}
          </option>
        ))}
      </Choice>
      {f.scope !== "national" && <Field {...plain("region")} dir="auto" />}
      <Several
        id={id("states")}
        label={t("pipe.states")}
        error={wrong[id("states")]}
        all={all.filter((o) => o.kind === "state")}
        value={f.states}
        change={(states) => set({ states })}
      />
      <Choice
        id={id("area")}
        label={t("pipe.area")}
        error={wrong[id("area")]}
        value={f.area}
        onChange={(e) => set({ area: e.target.value, objectives: [] })}
      >
        <option value="">{t("pipe.choose")}</option>
        {rules.proposals.areas.map((a) => (
          <option key={a.key} value={a.key}>
            {named(a.name, language, a.key)}
          </option>
        ))}
      </Choice>
      {area && (
        <fieldset id={id("objectives")} tabIndex={-1} className={styles.checks}>
          <legend className={styles.who}>{t("pipe.objectives")}</legend>
          {area.objectives.map((n) => (
            <label key={n}>
              <input
                type="checkbox"
                checked={f.objectives.includes(n)}
                onChange={(e) => set({ objectives: e.target.checked ? [...f.objectives, n] : f.objectives.filter((x) => x !== n) })}
              />{" "}
              {n}
            </label>
          ))}
        </fieldset>
      )}
      <Several
        id={id("organisations")}
        label={t("pipe.organisations")}
        error={wrong[id("organisations")]}
        all={all.filter((o) => o.kind === "un")}
        value={f.organisations}
        change={(organisations) => set({ organisations })}
      />
      <MoneyField
        id={id("budget")}
        label={t("pipe.budget")}
        error={wrong[id("budget")]}
        value={f.budget}
        currency={rules.currency}
        onChange={(budget, typed) => set({ budget, typed })}
      />
      <Field {...plain("months")} inputMode="numeric" />
      <TextField
        id={id("partners")}
        label={t("pipe.partners")}
        hint={t("pipe.partners-hint")}
        rows={3}
        error={wrong[id("partners")]}
        value={f.partners}
        onChange={(e) => set({ partners: e.target.value })}
      />
      <Choice id={id("stage")} label={t("pipe.stage")} value={f.stage} onChange={(e) => set({ stage: e.target.value })}>
        {stages.map((s) => (
          <option key={s} value={s}>
            {t(`pipe.stage.${s}`)}
          </option>
        ))}
      </Choice>
    </>
  );
}

/** Some of many: each is chosen from the list, and taken out again. */
function Several({
  id,
  label,
  error,
  all,
  value,
  change,
}: {
  id: string;
  label: string;
  error: string | undefined;
  all: { id: string; name: string }[];
  value: string[];
  change: (to: string[]) => void;
}) {
  const { t } = useWords();
  const [next, setNext] = useState(""); // arrows go through a list: what stands there is added by its button
  const name = (of: string) => all.find((o) => o.id === of)?.name ?? "…";
  return (
    <div className={styles.tight}>
      <Choice id={id} label={label} error={error} value={next} onChange={(e) => setNext(e.target.value)}>
        <option value="">{t("pipe.choose")}</option>
        {all
          .filter((o) => !value.includes(o.id))
          .map((o) => (
            <option key={o.id} value={o.id}>
              {o.name}
            </option>
          ))}
      </Choice>
      <div className={styles.acts}>
        <Button
          disabled={next === ""}
          onClick={() => {
            change([...value, next]);
            setNext("");
          }}
        >
          {t("pipe.add")} <span className="unseen">{label}</span>
        </Button>
      </div>
      {value.length > 0 && (
        <ul className={styles.rows} aria-label={label}>
          {value.map((v) => (
            <li key={v} className={styles.row}>
              <bdi>{name(v)}</bdi>
              <Button tone="quiet" onClick={() => change(value.filter((x) => x !== v))}>
                {t("pipe.remove")} <span className="unseen">{name(v)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
