import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { type Column, DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";

export type Assessment = components["schemas"]["Assessment"];

export const useAssessments = () => useQuery({ queryKey: ["assessments"], queryFn: async () => (await client.GET("/assessments")).data! });

/** What is before the assessors: mine not in, mine in, and what is not mine to judge. Of others' scores nothing. */
export default function AssessmentsPage() {
  const { t, language } = useWords();
  const list = useAssessments();
  const rules = useRules().data;
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data || !rules) return <Waiting />;
  const own = list.data.filter((a) => a.interests.length > 0);
  const unscored = list.data.filter((a) => a.interests.length === 0 && !a.scored);
  const asked = unscored.filter((a) => a.asked).sort((a, b) => (a.due ?? "").localeCompare(b.due ?? ""));
  const open = unscored.filter((a) => !a.asked);
  const sent = list.data.filter((a) => a.interests.length === 0 && a.scored);
  const columns: Column<Assessment>[] = [
    { key: "ref", plain: true, head: t("assess.ref"), by: (a) => a.proposal.ref, cell: (a) => <bdi dir="ltr">{a.proposal.ref}</bdi> },
    {
      key: "title",
      head: t("assess.name"),
      heads: true,
      cell: (a) => (
        <Link href={`/assessments/${a.proposal.id}`} dir="auto">
          {a.proposal.title}
        </Link>
      ),
    },
    {
      key: "by",
      plain: true,
      head: t("reading.applicant"),
      by: (a) => a.proposal.organisation.name,
      cell: (a) => <bdi>{a.proposal.organisation.name}</bdi>,
    },
    {
      key: "state",
      plain: true,
      head: t("reading.state"),
      by: (a) => a.proposal.state?.name ?? "",
      cell: (a) => <bdi>{a.proposal.state?.name}</bdi>,
    },
    {
      key: "amount",
      head: t("assess.amount", { currency: rules.currency }),
      kind: "amount",
      by: (a) => a.proposal.amount.amount,
      cell: (a) => <Amount value={a.proposal.amount.amount} />,
    },
  ];
  return (
    <>
      <PageHead
        title={t("assess.title")}
        lead={t("assess.lead", { count: unscored.filter((a) => a.may.includes("score.submit")).length })}
      />
      <div className={styles.stack}>
        {asked.length > 0 && (
          <DataTable
            caption={t("assess.asked", { count: asked.length })}
            rows={asked}
            id={(a) => a.proposal.id}
            columns={[
              ...columns,
              {
                key: "due",
                head: t("assess.until"),
                by: (a) => a.due ?? "",
                cell: (a) => a.due && <Day value={a.due} short />,
              },
            ]}
          />
        )}
        <DataTable
          caption={t("assess.open", { count: open.length })}
          rows={open}
          id={(a) => a.proposal.id}
          empty={t(sent.length > 0 ? "assess.open-empty" : "assess.none")}
          columns={columns}
        />
        {sent.length > 0 && (
          <DataTable caption={t("assess.sent", { count: sent.length })} rows={sent} id={(a) => a.proposal.id} columns={columns} />
        )}
        {own.length > 0 && (
          <DataTable
            caption={t("assess.own", { count: own.length })}
            rows={own}
            id={(a) => a.proposal.id}
            columns={[
              {
                key: "ref",
                head: t("assess.ref"),
                heads: true,
                by: (a) => a.proposal.ref,
                cell: (a) => <bdi dir="ltr">{a.proposal.ref}</bdi>,
              },
              {
                key: "why",
                head: t("assess.why"),
                cell: (a) =>
                  new Intl.ListFormat(language).format(
                    a.interests.map((k) => named(rules.interests.find((i) => i.key === k)?.name, language, k)),
                  ),
              },
            ]}
          />
        )}
      </div>
    </>
  );
}
