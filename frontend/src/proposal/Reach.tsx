import { useRef } from "react";
import { Link } from "wouter";
import { type Endorsements, useEndorsements } from "../team/data";
import team from "../team/Team.module.css";
import { Button } from "../ui/Button/Button";
import { Choice, Radios } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import type { TaskForm } from "./forms";
import { byName } from "./names";
import styles from "./Proposal.module.css";
import { type Content, named, type Proposal } from "./proposal";
import own from "./Reach.module.css";

await bringArea("team");

export function Scope(form: TaskForm) {
  const { value, change, errors, rules, call } = form;
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
      <Reach {...form} />
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

/** How wide a programme reaches, and whose it is: one state's, or that of several, each with its word beside it. */
function Reach({ p, value, change, errors, rules, organisations }: TaskForm) {
  const { t, language } = useWords();
  const box = useRef<HTMLFieldSetElement>(null);
  const said = useEndorsements(p.id).data?.states ?? [];
  const set = (part: Partial<Content>) => change((c) => ({ ...c, ...part }));
  const others = value.other_states;
  const alone = value.scope === "national";
  const states = byName(
    organisations.filter((o) => o.kind === "state"),
    language,
  );
  const chosen = [value.state, ...others];
  const name = (id: string) => states.find((o) => o.id === id)?.name ?? "";
  const field = (id: string, label: string, mine: string, put: (id: string) => void) => (
    <Choice id={id} label={label} error={errors[id]} value={mine} onChange={(e) => put(e.target.value)}>
      <option value="">{t("field.choose")}</option>
      {states
        .filter((o) => o.id === mine || !chosen.includes(o.id))
        .map((o) => (
          <option key={o.id} value={o.id}>
            {o.name}
          </option>
        ))}
    </Choice>
  );
  const scopes = rules.scopes.includes(value.scope) ? rules.scopes : [value.scope, ...rules.scopes];
  const over = alone && others.length > 0;
  const wrong = errors.other_states ?? (over ? t("field.states-over") : undefined);
  return (
    <>
      {(scopes.length > 1 || errors.scope) && (
        <Radios
          id="scope"
          label={t("field.scope")}
          hint={t("field.scope-hint", { least: rules.regional_states })}
          error={errors.scope}
          value={value.scope}
          onChange={(scope) => set({ scope })}
          options={scopes.map((s) => ({ value: s, label: t(`scope.${s}`), hint: t(`scope.${s}.hint`) }))}
        />
      )}
      <fieldset ref={box} id="other_states" tabIndex={-1} className={`${own.states} ${wrong ? styles.wrong : ""}`}>
        <legend className={styles.legend}>{t("field.states")}</legend>
        <p className={styles.quiet}>{t("field.states-hint")}</p>
        {!alone && (
          <p className={styles.quiet}>{t("field.states-named", { n: chosen.filter((id) => id).length, least: rules.regional_states })}</p>
        )}
        {wrong && (
          <p className={styles.error}>
            <span className="unseen">{t("field.error")} </span>
            {wrong}
          </p>
        )}
        <div className={own.owner}>
          {field("state", alone ? t("field.state") : t("field.state-n", { n: 1 }), value.state ?? "", (id) => set({ state: id || null }))}
          <Word said={said} state={value.state} />
        </div>
        {/* One row more than there are: whoever chooses in it has named another state. */}
        {(alone ? others : [...others, ""]).map((id, i) => (
          <div key={i} className={own.owner}>
            {field(`other_states-${i}`, id ? t("field.state-n", { n: i + 2 }) : t("field.state-another"), id, (to) =>
              set({ other_states: to ? [...others.slice(0, i), to, ...others.slice(i + 1)] : others.filter((_, j) => j !== i) }),
            )}
            <Word said={said} state={id} />
            {id && (
              <Button
                tone="quiet"
                aria-label={t("field.state-out", { state: name(id) })}
                onClick={() => {
                  set({ other_states: others.filter((_, j) => j !== i) });
                  box.current?.focus();
                }}
              >
                <span aria-hidden="true">✕</span>
              </Button>
            )}
          </div>
        ))}
        {over && (
          <div className={styles.buttons}>
            <Button
              onClick={() => {
                set({ other_states: [] });
                box.current?.focus();
              }}
            >
              {t("field.states-out")}
            </Button>
          </div>
        )}
      </fieldset>
    </>
  );
}

type Said = Endorsements["states"];

/** What a state has said to the text as it is kept; nothing of one that has only just been named. */
function Word({ said, state }: { said: Said; state: string | null }) {
  const { t } = useWords();
  const s = said.find((x) => x.state?.id === state);
  if (!state || !s) return null;
  return (
    <Tag tone={s.endorsed ? "good" : s.endorsement ? "warn" : "plain"}>
      {t(s.endorsed ? "endorsements.endorsed" : s.endorsement ? "endorsements.earlier" : "endorsements.not-yet")}
    </Tag>
  );
}

/** Read only: the word is each state's. */
export function Endorsement({ p }: { p: Proposal }) {
  const { t } = useWords();
  const e = useEndorsements(p.id).data;
  const states = [...(p.state ? [p.state] : []), ...p.other_states];
  if (states.length === 0) return <p>{t("endorsement.no-state")}</p>;
  const given = e?.states.filter((s) => s.endorsed).length ?? 0;
  return (
    <section className={styles.stack} aria-labelledby="who-endorses">
      <h2 id="who-endorses">{t("endorsement.states")}</h2>
      {e && e.asked > 0 && <p>{t("endorsement.all", { given, asked: e.asked })}</p>}
      <ul className={team.list}>
        {states.map((s) => (
          <li key={s.id} className={team.item}>
            <b className={team.who}>
              <bdi>{s.name}</bdi>
            </b>
            <Word said={e?.states ?? []} state={s.id} />
          </li>
        ))}
      </ul>
      <p className={styles.prose}>{t("endorsement.waiting-all")}</p>
      <p>
        <Link href={`/proposals/${p.id}/endorsements`}>{t("endorsements.title")}</Link>
      </p>
    </section>
  );
}
