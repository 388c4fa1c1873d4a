import { useState } from "react";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { DateTime, Deadline } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import { type Call, languageName } from "./call";

/** What a call says, in the reader's language, with its conditions and all that came after it was announced. */
export function CallReading({ call: c }: { call: Call }) {
  const { t, language } = useWords();
  const [original, setOriginal] = useState(false);
  const rules = useRules(c.charter_version).data;
  const area = (key: string) => named(rules?.proposals.areas.find((a) => a.key === key)?.name, language, key);
  const shown = original ? c.words : c;
  const list = (names: string[]) => new Intl.ListFormat(language).format(names);
  const own = languageName(c.words.language, language);
  return (
    <div className={styles.stack}>
      {c.state === "planned" && c.opens_at && <Deadline label={t("callpage.opens")} value={c.opens_at} zone={fund.zone} />}
      {c.closes_at && (
        <Deadline label={c.state === "closed" ? t("callpage.closed") : t("callpage.closes")} value={c.closes_at} zone={fund.zone} />
      )}
      <section className={styles.tight}>
        {original && (
          <h2 lang={shown.language} dir="auto">
            {shown.title}
          </h2>
        )}
        <p className={styles.text} lang={shown.language} dir="auto">
          {shown.text}
        </p>
        <div className={styles.acts}>
          <p className={styles.quiet}>
            {c.translation && !original
              ? t(`callpage.by.${c.translation}`, { language: own })
              : `${t("callpage.original", { language: own })} ${c.language !== language ? t("callpage.untranslated") : ""}`}
          </p>
          {c.translation && (
            <Button onClick={() => setOriginal(!original)}>
              {original ? t("callpage.show-translation") : t("callpage.show-original")}
            </Button>
          )}
        </div>
      </section>
      <section className={styles.card}>
        <h2>{t("callpage.conditions")}</h2>
        <dl className={styles.facts}>
          {c.questions_until && (
            <>
              <dt>{t("callpage.questions-until")}</dt>
              <dd>
                <DateTime value={c.questions_until} zone={fund.zone} />
              </dd>
            </>
          )}
          <dt>{t("callpage.late")}</dt>
          <dd>{t(`callpage.late.${c.late_entries}`)}</dd>
          <dt>{t("callpage.field.score_total")}</dt>
          <dd>{t(`callpage.total.${c.score_total}`)}</dd>
          <dt>{t("callpage.languages")}</dt>
          <dd>{list(c.languages.map((l) => languageName(l, language)))}</dd>
          <dt>{t("callpage.areas")}</dt>
          <dd>
            {c.areas.map((key) => (
              <span key={key} className={styles.who}>
                {area(key)}
              </span>
            ))}
          </dd>
          {c.ceiling && (
            <>
              <dt>{t("callpage.ceiling")}</dt>
              <dd>
                <Amount value={c.ceiling.amount} currency={c.ceiling.currency} />
              </dd>
            </>
          )}
          {Object.entries(c.area_ceilings).map(([key, m]) => (
            <Facts key={key} name={t("callpage.area-ceiling", { area: area(key) })}>
              <Amount value={m.amount} currency={m.currency} />
            </Facts>
          ))}
          {c.state_entries > 0 && <Facts name={t("callpage.state-entries")}>{c.state_entries}</Facts>}
          {c.state_ceiling && (
            <Facts name={t("callpage.state-ceiling")}>
              <Amount value={c.state_ceiling.amount} currency={c.state_ceiling.currency} />
            </Facts>
          )}
          {(c.stages === 2 || c.concept_form === 0) && <Facts name={t("callpage.stages")}>{t(`callpage.stages.${c.stages}`)}</Facts>}
        </dl>
      </section>
      {c.extensions.length > 0 && (
        <section className={styles.card}>
          <h2>{t("callpage.extended")}</h2>
          {c.extensions.map((e) => (
            <div key={e.n} className={styles.row}>
              <span>
                <s>
                  <DateTime value={e.was} zone={fund.zone} />
                </s>{" "}
                <DateTime value={e.to} zone={fund.zone} />
                <span className={styles.said} dir="auto">
                  {e.reason}
                </span>
              </span>
            </div>
          ))}
        </section>
      )}
      {c.corrections.length > 0 && (
        <section className={styles.card}>
          <h2>{t("callpage.corrected")}</h2>
          {c.corrections.map((x) => (
            <div key={x.n} className={styles.tight}>
              <p>
                <DateTime value={x.at} zone={fund.zone} /> <bdi dir="auto">{x.reason}</bdi>
              </p>
              <details>
                <summary>{t("callpage.before")}</summary>
                <p lang={x.was.language} dir="auto">
                  <b>{x.was.title}</b>
                </p>
                <p className={styles.text} lang={x.was.language} dir="auto">
                  {x.was.text}
                </p>
              </details>
            </div>
          ))}
        </section>
      )}
    </div>
  );
}

function Facts({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
