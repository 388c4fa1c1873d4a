import { Link } from "wouter";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { type Schemas, useRead } from "./office";
import { Sum, Written } from "./parts";

/** Who committed and who deposited what, by year: two columns that are never added to each other. */
export default function ContributionsPage() {
  const { t } = useWords();
  const list = useRead<Schemas["Contribution"][]>("/contributions");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const currency = list.data[0]?.committed.currency ?? "";
  return (
    <>
      <PageHead
        title={t("office.contributions")}
        lead={t("office.contributions-lead")}
        crumbs={<Link href="/agreements">{t("office.agreements")}</Link>}
      />
      <DataTable
        caption={t("office.contributions")}
        captionUnseen
        rows={list.data}
        id={(c) => `${c.contributor} ${c.year}`}
        columns={[
          { key: "name", head: t("office.contributor"), heads: true, by: (c) => c.name, cell: (c) => <Written>{c.name}</Written> },
          { key: "year", head: t("office.year"), kind: "number", by: (c) => c.year, cell: (c) => String(c.year) },
          {
            key: "committed",
            head: t("office.commitment", { currency }),
            kind: "amount",
            by: (c) => c.committed.amount,
            cell: (c) => <Sum of={c.committed} />,
          },
          {
            key: "deposited",
            head: t("office.deposit-in", { currency }),
            kind: "amount",
            by: (c) => c.deposited.amount,
            cell: (c) => <Sum of={c.deposited} />,
          },
        ]}
      />
    </>
  );
}
