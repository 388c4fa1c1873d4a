import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { named, type Rules, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Entry, useEditions, usePipeline } from "./data";

// Brought for what is being put right.
const Correct = lazy(() => import("./Correct"));

/** The pipeline as the secretariat keeps it: the list, what is put right in it, and its editions. */
export default function PipelinePage() {
  const { t, language } = useWords();
  const list = usePipeline();
  const editions = useEditions();
  const rules = useRules().data;
  const failed = list.error ?? editions.error;
  if (failed) return <Trouble error={failed} again={() => void Promise.all([list.refetch(), editions.refetch()])} />;
  if (!list.data || !editions.data || !rules) return <Waiting />;
  const { entries, left, may } = list.data;
  return (
    <>
      <PageHead title={t("pipe.title-of-page")} lead={t("pipe.lead")} crumbs={<Link href="/meetings">{t("pipe.meetings")}</Link>} />
      <div className={styles.stack}>
        {entries.length === 0 && <p className={styles.note}>{t("pipe.empty")}</p>}
        {entries.map((e) => (
          <One key={e.id} entry={e} rules={rules} />
        ))}
        {left.length > 0 && (
          <details className={styles.card}>
            <summary>{t("pipe.gone")}</summary>
            <ul className={styles.rows}>
              {left.map((g) => (
                <li key={g.ref} className={styles.row}>
                  <span>
                    <bdi>{g.ref}</bdi> ·{" "}
                    <span lang={g.language} dir="auto">
                      {g.title}
                    </span>
                  </span>
                  <span>
                    {t(`pipe.left.${g.reason}`)} · <Link href={`/decisions/${g.left_by}`}>{g.left_by}</Link>
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
        <section className={styles.stack} aria-labelledby="editions">
          <h2 id="editions">{t("pipe.editions")}</h2>
          {editions.data.length === 0 ? (
            <p className={styles.quiet}>{t("pipe.editions-none")}</p>
          ) : (
            <ul className={`${styles.rows} ${styles.card}`}>
              {editions.data.map((e) => (
                <li key={e.n} className={styles.row}>
                  <a href={`/${language}/pipeline/editions/${e.n}`}>{t("pipe.edition", { n: e.n })}</a>
                  <Day value={e.published_on} short />
                </li>
              ))}
            </ul>
          )}
          {may.includes("pipeline.publish") && <Publish count={entries.length} />}
          <p>
            <a href={`/${language}/pipeline`}>{t("pipe.public")}</a>
          </p>
        </section>
      </div>
    </>
  );
}

function One({ entry: e, rules }: { entry: Entry; rules: Rules }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const over = e.stage === "withdrawn" || e.stage === "declined";
  return (
    <article className={styles.card} aria-labelledby={e.ref}>
      <h2 id={e.ref} lang={e.language} dir="auto">
        {e.title}
      </h2>
      <p className={styles.quiet}>
        <bdi>{e.ref}</bdi> · <Tag tone={over ? "warn" : "plain"}>{t(`pipe.stage.${e.stage}`)}</Tag> ·{" "}
        <Link className="ref" href={`/decisions/${e.entered_by}`}>
          {t("pipe.decision", { number: e.entered_by })}
        </Link>
      </p>
      {over && <p className={`${styles.note} ${styles.over}`}>{t("pipe.stands")}</p>}
      <dl className={styles.facts}>
        <dt>{t("pipe.states")}</dt>
        <dd>
          <bdi>{[e.region, ...e.states.map((s) => s.name)].filter(Boolean).join("; ") || t(`pipe.scope.${e.scope}`)}</bdi>
        </dd>
        <dt>{t("pipe.area")}</dt>
        <dd>{named(rules.proposals.areas.find((a) => a.key === e.area)?.name, language, e.area)}</dd>
        <dt>{t("pipe.organisations")}</dt>
        <dd>
          <bdi>{e.organisations.map((o) => o.name).join("; ")}</bdi>
        </dd>
        {e.budget && (
          <>
            <dt>{t("pipe.budget")}</dt>
            <dd>
              <Amount value={e.budget.amount} currency={e.budget.currency} />
            </dd>
          </>
        )}
      </dl>
      {e.may.includes("pipeline.correct") &&
        (open ? (
          <Suspense fallback={<Waiting />}>
            <Correct entry={e} rules={rules} done={() => setOpen(false)} />
          </Suspense>
        ) : (
          <div className={styles.acts}>
            <Button onClick={() => setOpen(true)}>
              {t("pipe.correct")} <span className="unseen">{e.ref}</span>
            </Button>
          </div>
        ))}
    </article>
  );
}

function Publish({ count }: { count: number }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ foreword, tongue }, change, sent] = useTypedForm("edition", { foreword: "", tongue: language as string });
  const act = useAct(
    async (key: string, body: { foreword: string; language: string }) =>
      client.POST("/pipeline/editions", { params: { header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("pipe.published"));
      await queries.invalidateQueries({ queryKey: ["pipeline"] });
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      head={
        <>
          <h3>{t("pipe.publish-title")}</h3>
          <p className={styles.quiet}>{t("pipe.publish-lead", { count })}</p>
        </>
      }
      act={act}
      names={{ foreword: t("pipe.foreword") }}
      button={t("pipe.publish")}
      send={() => void act.run({ foreword, language: tongue })}
    >
      <Choice id="language" label={t("pipe.language")} value={tongue} onChange={(e) => change({ tongue: e.target.value })}>
        <LanguageOptions />
      </Choice>
      <TextField
        id="foreword"
        lang={tongue}
        label={t("pipe.foreword")}
        hint={t("pipe.foreword-hint")}
        rows={3}
        error={wrong.foreword}
        value={foreword}
        onChange={(e) => change({ foreword: e.target.value })}
      />
    </ActForm>
  );
}
