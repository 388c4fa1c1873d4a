import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { named, useRules } from "./data";

/** What the body adopted, the newest first. */
export default function DecisionsPage() {
  const { t, language } = useWords();
  const rules = useRules().data;
  const list = useQuery({ queryKey: ["decisions"], queryFn: async () => (await client.GET("/decisions")).data! });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  return (
    <>
      <PageHead title={t("decisions.title")} lead={t("decisions.lead")} />
      {list.isPending ? (
        <Waiting />
      ) : (
        <DataTable
          caption={t("decisions.title")}
          captionUnseen
          rows={list.data}
          id={(d) => d.number}
          empty={t("decisions.empty")}
          columns={[
            { key: "number", head: t("decisions.number"), by: (d) => d.number, cell: (d) => <bdi dir="ltr">{d.number}</bdi> },
            {
              key: "title",
              head: t("decisions.name"),
              heads: true,
              cell: (d) => (
                <Link href={`/decisions/${d.number}`} lang={d.language} dir="auto">
                  {d.title}
                </Link>
              ),
            },
            {
              key: "kind",
              head: t("decisions.kind"),
              by: (d) => d.kind,
              cell: (d) => named(rules?.decisions.find((k) => k.kind === d.kind)?.name, language, d.kind),
            },
            {
              key: "amount",
              head: t("decisions.amount", { currency: rules?.currency ?? "" }),
              kind: "amount",
              by: (d) => d.amount?.amount ?? "0",
              cell: (d) => d.amount && <Amount value={d.amount.amount} />,
            },
            { key: "at", head: t("decisions.at"), by: (d) => d.adopted_at, cell: (d) => <Day value={d.adopted_at.slice(0, 10)} short /> },
          ]}
        />
      )}
    </>
  );
}
