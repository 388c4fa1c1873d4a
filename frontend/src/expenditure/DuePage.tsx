import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";

type Due = components["schemas"]["DueExpenditure"];

/** Which organisation owes its certified expenditure of which year, and what waits for the agent. */
export default function DuePage() {
  const { t } = useWords();
  const { name } = useNames();
  const list = useRead<Due[]>("/expenditures");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const overdue = list.data.filter((d) => d.late_days > 0).length;
  return (
    <>
      <PageHead
        title={t("expenditure.due.title")}
        lead={t("expenditure.due.lead", { overdue, waiting: list.data.filter((d) => d.state === "waiting").length })}
      />
      <DataTable
        caption={t("expenditure.due.title")}
        captionUnseen
        rows={list.data}
        id={(d) => `${d.programme.id} ${d.key}`}
        empty={t("expenditure.due.none")}
        columns={[
          {
            key: "programme",
            head: t("expenditure.due.programme"),
            heads: true,
            by: (d) => d.programme.code,
            cell: (d) => (
              <>
                <Link href={`/programmes/${d.programme.id}/expenditures`}>
                  <bdi dir="ltr">{d.programme.code}</bdi>
                </Link>{" "}
                <bdi dir="auto">{d.programme.title}</bdi>
              </>
            ),
          },
          {
            key: "organisation",
            head: t("expenditure.due.organisation"),
            by: (d) => d.organisation.code,
            cell: (d) => <bdi>{name(d.organisation.code)}</bdi>,
          },
          { key: "year", head: t("expenditure.due.year"), by: (d) => d.year, cell: (d) => <bdi dir="ltr">{d.year}</bdi> },
          { key: "due", head: t("expenditure.due.by"), by: (d) => d.due_on, cell: (d) => <Day value={d.due_on} short /> },
          { key: "state", head: t("expenditure.due.state"), by: (d) => d.late_days, cell: (d) => <Standing of={d} /> },
        ]}
      />
    </>
  );
}

function Standing({ of }: { of: Due }) {
  const { t } = useWords();
  return (
    <>
      <Tag tone={of.late_days > 0 ? "bad" : of.state === "owed" ? "plain" : "warn"}>
        {of.late_days > 0 ? t("expenditure.due.late", { count: of.late_days }) : t(`expenditure.due.${of.state}`)}
      </Tag>
      {of.state === "returned" && of.late_days > 0 && <> {t("expenditure.due.returned")}</>}
      {of.total && (
        <>
          {" "}
          <Amount value={of.total.amount} /> <bdi dir="ltr">{of.total.currency}</bdi>
        </>
      )}
    </>
  );
}
