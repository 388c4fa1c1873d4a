import { lazy, Suspense } from "react";
import type { components } from "../api/schema";
import { Attachments } from "../attachment/lazy";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";

const Whole = lazy(async () => ({ default: (await import("../changes/Rest")).Whole }));

export type Proposal = components["schemas"]["Proposal"];

/** A proposal as it was submitted, to be read beside what is asked of it. */
export function Reading({ proposal: p, rules }: { proposal: Proposal; rules: Rules }) {
  const { t, language } = useWords();
  const area = rules.proposals.areas.find((a) => a.key === p.area);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: beside a form it scrolls by itself, so the keyboard must reach it
    <article className={styles.stack} aria-label={t("reading.title")} tabIndex={0}>
      <div className={styles.card}>
        <h2 lang={p.language} dir="auto">
          {p.title}
        </h2>
        <p lang={p.language} dir="auto">
          {p.summary}
        </p>
      </div>
      <div className={styles.card}>
        <dl className={styles.facts}>
          <dt>{t("reading.applicant")}</dt>
          <dd>
            <bdi>{p.organisation.name}</bdi>
          </dd>
          <dt>{t("reading.state")}</dt>
          <dd>
            <bdi>{p.state?.name ?? t("reading.none")}</bdi>
          </dd>
          <dt>{t("reading.area")}</dt>
          <dd>{named(area?.name, language, p.area || t("reading.none"))}</dd>
          <dt>{t("reading.objectives")}</dt>
          <dd>
            {p.objectives.length > 0 ? new Intl.ListFormat(language, { type: "unit" }).format(p.objectives.map(String)) : t("reading.none")}
          </dd>
          <dt>{t("reading.asked")}</dt>
          <dd>
            <Amount value={p.amount.amount} currency={p.amount.currency} strong />
          </dd>
          <dt>{t("reading.endorsed")}</dt>
          <dd>
            {p.endorsement ? (
              <>
                {t(p.endorsed ? "reading.endorsed-this" : "reading.endorsed-other")}{" "}
                {p.endorsement.note && <q dir="auto">{p.endorsement.note}</q>}
              </>
            ) : (
              t("reading.not-endorsed")
            )}
          </dd>
          {p.submission && (
            <>
              <dt>{t("reading.submitted")}</dt>
              <dd>
                <DateTime value={p.submission.at} zone={fund.zone} />
                {p.submission.late && ` ${t("reading.late")}`}
              </dd>
              <dt>{t("reading.receipt")}</dt>
              <dd>
                <bdi dir="ltr">{p.submission.receipt}</bdi>
              </dd>
            </>
          )}
        </dl>
      </div>
      <section className={styles.card}>
        <h2>{t("reading.shares")}</h2>
        <ul className={styles.rows}>
          {p.shares.map((s, i) => (
            <li key={s.organisation?.id ?? i} className={styles.row}>
              <span>
                <bdi>{s.organisation?.name}</bdi>
              </span>
              {s.amount && <Amount value={s.amount.amount} currency={s.amount.currency} />}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.card}>
        <h2>{t("reading.markers")}</h2>
        <ul className={styles.rows}>
          {rules.proposals.markers.map((m) => {
            const mark = p.markers[m.key];
            const step = m.steps.find((s) => s.code === mark?.code);
            return (
              <li key={m.key} className={styles.row}>
                <span>
                  <span className={styles.who}>{named(m.name, language, m.key)}</span>
                  {mark?.reason && (
                    <span className={styles.quiet} lang={p.language} dir="auto">
                      {mark.reason}
                    </span>
                  )}
                </span>
                <span>{mark ? named(step?.name, language, mark.code ?? "") : t("reading.none")}</span>
              </li>
            );
          })}
        </ul>
      </section>
      <div className={styles.card} id="documents">
        <Suspense fallback={<Waiting />}>
          <Attachments kind="proposal" subject={p.id} version={p.submission?.n} heading />
        </Suspense>
      </div>
      <div className={styles.card}>
        <Suspense fallback={<Waiting />}>
          <Whole proposal={p} />
        </Suspense>
      </div>
    </article>
  );
}
