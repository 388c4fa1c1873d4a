import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { useRead } from "../api/read";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { useProgramme } from "../programme/data";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { bringArea, useWords } from "../words/i18n";
import type { Part } from "./data";

const Tranche = lazy(async () => (await Promise.all([import("../money-office/Tranche"), bringArea("tranche"), bringArea("office")]))[0]);
// Brought for who states it, and where there is something.
const ByYear = lazy(() => import("./ByYear"));
const Stating = lazy(() => import("./Stating"));
const Statements = lazy(() => import("./Statements"));

/** What each participating organisation spent of a programme's money, and what it states of a year. */
export default function ExpenditurePage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const { name } = useNames();
  const programme = useProgramme(params.id);
  const parts = useRead<Part[]>(`/programmes/${params.id}/expenditures`);
  const rules = useRules().data;
  const trouble = programme.error ?? parts.error;
  if (trouble) return <Trouble error={trouble} again={() => void Promise.all([programme.refetch(), parts.refetch()])} />;
  const p = programme.data;
  if (!p || !parts.data || !rules) return <Waiting />;
  return (
    <>
      <PageHead
        title={t("expenditure.title")}
        lead={t("expenditure.lead")}
        crumbs={
          <>
            <Link href={`/programmes/${p.id}`}>
              <bdi dir="ltr">{p.code}</bdi>
            </Link>{" "}
            / <bdi>{p.title}</bdi>
          </>
        }
      />
      <div className={styles.stack}>
        {parts.data.map((part) => (
          <section key={part.organisation.id} className={styles.stack} aria-labelledby={`of-${part.organisation.code}`}>
            <h2 id={`of-${part.organisation.code}`}>
              <bdi>{name(part.organisation.code)}</bdi>
            </h2>
            <dl className={styles.facts}>
              <dt>{t("expenditure.net-funded", { currency: part.net_funded.currency })}</dt>
              <dd>
                <Amount value={part.net_funded.amount} />
              </dd>
              <dt>{t("expenditure.spent", { currency: part.spent.currency })}</dt>
              <dd>
                <Amount value={part.spent.amount} />
              </dd>
              <dt>{t("expenditure.rate")}</dt>
              <dd>
                <bdi dir="ltr">{part.delivery_rate === "" ? "–" : `${part.delivery_rate} %`}</bdi>
              </dd>
            </dl>
            {part.first_year > 0 && part.tranches.plan.parts.length > 1 && (
              <Suspense fallback={<Waiting />}>
                <Tranche of={part.tranches.next} plain />
              </Suspense>
            )}
            {part.statements.some((s) => s.state === "taken") && (
              <Suspense fallback={<Waiting />}>
                <ByYear part={part} rules={rules} />
              </Suspense>
            )}
            {part.may.includes("expenditure.report") ? (
              <Suspense fallback={<Waiting />}>
                <Stating key={part.statements.length} programme={p.id} part={part} rules={rules} />
              </Suspense>
            ) : (
              part.statements.length === 0 && (
                <p className={styles.quiet}>{t(part.first_year ? "expenditure.none" : "expenditure.not-yet")}</p>
              )
            )}
            {part.statements.length > 0 && (
              <Suspense fallback={<Waiting />}>
                <Statements programme={p.id} part={part} rules={rules} />
              </Suspense>
            )}
          </section>
        ))}
      </div>
    </>
  );
}
