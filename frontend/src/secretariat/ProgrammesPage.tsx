import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { useRules } from "../decision/data";
import { Amount } from "../money/Amount";
import { sum } from "../money/money";
import { ButtonLink } from "../money-office/parts";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";

/** The joint programmes that a decision made, from which transfers are requested. */
export default function ProgrammesPage() {
  const { t } = useWords();
  const rules = useRules().data;
  const list = useQuery({ queryKey: ["programmes"], queryFn: async () => (await client.GET("/programmes")).data! });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (list.isPending) return <Waiting />;
  const total = (shares: { amount: { amount: string } }[]) => sum(shares.map((s) => s.amount.amount));
  return (
    <>
      <PageHead
        title={t("programmes.title")}
        lead={t("programmes.lead")}
        actions={<ButtonLink href="/office/reports">{t("programmes.reports")}</ButtonLink>}
      />
      <DataTable
        caption={t("programmes.title")}
        captionUnseen
        rows={list.data.filter((p) => p.decision)}
        id={(p) => p.id}
        empty={t("programmes.empty")}
        columns={[
          { key: "code", head: t("programmes.code"), by: (p) => p.code, cell: (p) => <bdi dir="ltr">{p.code}</bdi> },
          {
            key: "title",
            head: t("programmes.name"),
            heads: true,
            cell: (p) => (
              <Link href={`/office/programmes/${p.id}`} dir="auto">
                {p.title}
              </Link>
            ),
          },
          { key: "decision", head: t("programmes.decision"), by: (p) => p.decision ?? "", cell: (p) => <bdi dir="ltr">{p.decision}</bdi> },
          {
            key: "amount",
            head: t("programmes.amount", { currency: rules?.currency ?? "" }),
            kind: "amount",
            by: (p) => total(p.shares),
            cell: (p) => <Amount value={total(p.shares)} />,
          },
        ]}
      />
    </>
  );
}
