import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { opens, Standing, useTitle } from "./Calendar";

const shows = ["all", "overdue", "submitted", "soon"] as const;

/** What is overdue, due soon or waits to be read, of all programmes. */
export default function DueReportsPage() {
  const { t } = useWords();
  const title = useTitle();
  const [show, setShow] = useState<(typeof shows)[number]>("all");
  const list = useQuery({ queryKey: ["reports"], queryFn: async () => (await client.GET("/reports")).data! });
  if (list.error && !list.data) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const overdue = (d: (typeof list.data)[number]) => d.came_at === null && d.late_days > 0;
  const kept = {
    all: () => true,
    overdue,
    submitted: (d: (typeof list.data)[number]) => d.state === "submitted",
    soon: (d: (typeof list.data)[number]) => d.came_at === null && d.late_days === 0,
  }[show];
  return (
    <>
      <PageHead
        title={t("due.title")}
        lead={t("due.lead", {
          overdue: list.data.filter(overdue).length,
          waiting: list.data.filter((d) => d.state === "submitted").length,
        })}
      />
      <div className={styles.stack}>
        <div className={styles.filters}>
          <Choice id="show" label={t("due.show")} value={show} onChange={(e) => setShow(e.target.value as typeof show)}>
            {shows.map((s) => (
              <option key={s} value={s}>
                {t(`due.show.${s}`)}
              </option>
            ))}
          </Choice>
        </div>
        <DataTable
          caption={t("due.title")}
          captionUnseen
          rows={list.data.filter(kept)}
          id={(d) => `${d.programme.id} ${d.key}`}
          empty={t("due.none")}
          columns={[
            {
              key: "report",
              head: t("reports.report"),
              heads: true,
              cell: (d) => (
                <Link href={opens(d) ? `/programmes/${d.programme.id}/reports/${d.key}` : `/programmes/${d.programme.id}/reports`}>
                  {title(d)}
                </Link>
              ),
            },
            {
              key: "programme",
              head: t("due.programme"),
              by: (d) => d.programme.code,
              cell: (d) => (
                <>
                  <bdi dir="ltr">{d.programme.code}</bdi> <bdi dir="auto">{d.programme.title}</bdi>
                </>
              ),
            },
            { key: "convening", head: t("due.convening"), by: (d) => d.convening, cell: (d) => <bdi>{d.convening}</bdi> },
            { key: "due", head: t("reports.due"), by: (d) => d.due_on ?? "", cell: (d) => d.due_on && <Day value={d.due_on} short /> },
            { key: "state", head: t("reports.state"), by: (d) => d.late_days, cell: (d) => <Standing line={d} /> },
          ]}
        />
      </div>
    </>
  );
}
