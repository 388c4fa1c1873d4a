import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { Conditions } from "../condition/lazy";
import { InBooks } from "../cover/lazy";
import { useMayBegin, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Outcome, Reports } from "../report/lazy";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Budget } from "./Budget";
import { Changes } from "./Changes";
import { toneOf, useProgramme } from "./data";
import { Facts } from "./Facts";

// Brought for those who may ask.
const AskForm = lazy(() => import("./AskForm"));
const Start = lazy(() => import("./Start"));

/** A programme's life: where it is, its days and shares, what happened to it, what is asked for and what may be. */
export default function ProgrammePage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const programme = useProgramme(params.id);
  const rules = useRules().data;
  const spends = useMayBegin("expenditure.read");
  const p = programme.data;
  if (programme.error) return <Trouble error={programme.error} again={() => void programme.refetch()} />;
  if (!p || !rules) return <Waiting />;
  return (
    <>
      <PageHead
        title={p.title}
        crumbs={
          <>
            <Link href="/programmes">{t("life.programmes")}</Link> / <bdi dir="ltr">{p.code}</bdi>
          </>
        }
        actions={
          <>
            {p.preparation && <Tag>{t("life.preparation")}</Tag>} <Tag tone={toneOf(p.state)}>{t(`life.state.${p.state}`)}</Tag>
          </>
        }
      />
      <div className={styles.stack}>
        <Facts of={p} />
        <p>
          <a href={`/${language}/programmes/${p.code}`}>{t("life.public")}</a>
          {spends && p.decision && (
            <>
              {" · "}
              <Link href={`/programmes/${p.id}/expenditures`}>{t("life.expenditure")}</Link>
            </>
          )}
        </p>
        {p.may.includes("programme.start") && (
          <Suspense fallback={<Waiting />}>
            <Start programme={p} />
          </Suspense>
        )}
        <Suspense fallback={<Waiting />}>
          <Conditions programme={p.id} />
        </Suspense>
        {p.decision && !p.preparation && (
          <Suspense fallback={<Waiting />}>
            <Reports programme={p.id} />
          </Suspense>
        )}
        <Suspense fallback={null}>
          <InBooks programme={p.id} currency={rules.currency} />
        </Suspense>
        <Budget of={p} rules={rules} />
        {p.decision && (
          <Suspense fallback={null}>
            <Outcome programme={p.id} />
          </Suspense>
        )}
        <Changes programme={p} />
        {p.may.includes("change.ask") && (
          <Suspense fallback={<Waiting />}>
            <AskForm programme={p} rules={rules} short={short} />
          </Suspense>
        )}
        {p.steps.length > 0 && (
          <section className={styles.tight}>
            <h2>{t("life.history")}</h2>
            <ol className={styles.rows}>
              {p.steps.toReversed().map((s) => (
                <li key={s.at} className={styles.row}>
                  <span>
                    <b>{t(`life.step.${s.step}`)}</b>
                    {s.ends_on && (
                      <>
                        {" · "}
                        {t("life.until")} <Day value={s.ends_on} />
                      </>
                    )}
                  </span>
                  <span className={styles.quiet}>
                    {s.decision && (
                      <>
                        <Link href={`/decisions/${s.decision}`}>{t("life.by-decision", { number: s.decision })}</Link>{" "}
                      </>
                    )}
                    <DateTime value={s.at} zone={fund.zone} />
                  </span>
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
    </>
  );
}
