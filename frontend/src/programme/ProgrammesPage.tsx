import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { toneOf } from "./data";

/** The joint programmes that decisions made, with where each is in its life. */
export default function ProgrammesPage() {
  const { t } = useWords();
  const list = useQuery({ queryKey: ["programmes"], queryFn: async () => (await client.GET("/programmes")).data! });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (list.isPending) return <Waiting />;
  return (
    <>
      <PageHead title={t("life.programmes")} lead={t("life.programmes-lead")} />
      <DataTable
        caption={t("life.programmes")}
        captionUnseen
        rows={list.data.filter((p) => p.decision)}
        id={(p) => p.id}
        empty={t("life.programmes-none")}
        columns={[
          { key: "code", head: t("life.code"), by: (p) => p.code, cell: (p) => <bdi dir="ltr">{p.code}</bdi> },
          {
            key: "title",
            head: t("life.programme"),
            heads: true,
            cell: (p) => (
              <Link href={`/programmes/${p.id}`} dir="auto">
                {p.title}
              </Link>
            ),
          },
          {
            key: "state",
            head: t("life.state"),
            by: (p) => p.state,
            cell: (p) => <Tag tone={toneOf(p.state)}>{t(`life.state.${p.state}`)}</Tag>,
          },
          { key: "end", head: t("life.end"), by: (p) => p.ends_on ?? "", cell: (p) => p.ends_on && <Day value={p.ends_on} short /> },
        ]}
      />
    </>
  );
}
