import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { AwaitedCover } from "../cover/lazy";
import { named, useMayBegin, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { inOrder, usePortfolio, useSet } from "./portfolio";

// Once something is chosen; and for the secretariat alone.
const Weighed = lazy(() => import("./Weighed"));
const Agenda = lazy(() => import("./Agenda"));

/** The body chooses candidates and sees what approving them would do. Nothing is decided here. */
export default function PortfolioPage() {
  const { t, language } = useWords();
  const { call, chosen, ask } = useSet();
  const portfolio = usePortfolio(call, chosen);
  const rules = useRules().data;
  const lists = useMayBegin("question.list");
  const calls = useQuery({ queryKey: ["calls", "names"], queryFn: async () => (await client.GET("/calls")).data! }).data;
  const p = portfolio.data;
  if (portfolio.error) return <Trouble error={portfolio.error} again={() => void portfolio.refetch()} />;
  if (!p || !rules) return <Waiting />;
  const area = (key: string) => named(rules.proposals.areas.find((a) => a.key === key)?.name, language, key);
  return (
    <>
      <PageHead title={t("portfolio.title")} lead={t("portfolio.lead")} />
      <div className={styles.stack}>
        <Choice id="call" label={t("portfolio.call")} value={call} onChange={(e) => ask({ call: e.target.value })}>
          <option value="">{t("portfolio.all-calls")}</option>
          {calls?.map((c) => (
            <option key={c.id} value={c.id}>{`${c.ref} · ${c.title}`}</option>
          ))}
        </Choice>
        <DataTable
          caption={t("portfolio.candidates")}
          rows={p.candidates}
          id={(c) => c.proposal}
          empty={t("portfolio.none")}
          choice={{
            chosen: new Set(chosen),
            choose: (now) => ask({ chosen: inOrder(chosen, now) }),
            name: (c) => t("portfolio.choose", { ref: c.ref }),
            all: t("portfolio.choose-all"),
          }}
          columns={[
            { key: "ref", plain: true, head: t("portfolio.ref"), by: (c) => c.ref, cell: (c) => <bdi dir="ltr">{c.ref}</bdi> },
            {
              key: "name",
              head: t("portfolio.name"),
              heads: true,
              by: (c) => c.title,
              cell: (c) => (
                <Link href={`/dossiers/${c.proposal}`} dir="auto" lang={c.language}>
                  {c.title}
                </Link>
              ),
            },
            { key: "area", head: t("portfolio.area"), by: (c) => area(c.area), cell: (c) => area(c.area) },
            {
              key: "amount",
              head: t("portfolio.amount", { currency: rules.currency }),
              kind: "amount",
              by: (c) => c.amount.amount,
              cell: (c) => <Amount value={c.amount.amount} />,
            },
          ]}
        />
        <p className={styles.quiet}>
          {t("portfolio.less")} {t("portfolio.sight")}
        </p>
        {chosen.length === 0 ? (
          <p className={styles.card}>{t("portfolio.empty")}</p>
        ) : (
          <Suspense fallback={<Waiting />}>
            <Weighed of={p} set={chosen} rules={rules} ask={(chosen) => ask({ chosen })} />
            {lists && p.chosen.length > 0 && <Agenda of={p} />}
          </Suspense>
        )}
        <Suspense fallback={null}>
          <AwaitedCover />
        </Suspense>
      </div>
    </>
  );
}
