import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { useMayBegin } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";

/** The fund's calls, for those who announce them. */
export default function CallsPage() {
  const { t } = useWords();
  const creates = useMayBegin("call.create");
  const list = useQuery({ queryKey: ["calls"], queryFn: async () => (await client.GET("/calls")).data! });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  return (
    <>
      <PageHead
        title={t("round.title")}
        actions={
          creates && (
            <Link href="/office/calls/new" className={styles.link}>
              {t("round.new")}
            </Link>
          )
        }
      />
      {list.isPending ? (
        <Waiting />
      ) : (
        <DataTable
          caption={t("round.title")}
          captionUnseen
          rows={[...list.data].reverse()}
          id={(c) => c.id}
          empty={t("round.empty")}
          columns={[
            { key: "ref", head: t("round.ref"), by: (c) => c.ref, cell: (c) => <bdi dir="ltr">{c.ref}</bdi> },
            {
              key: "title",
              head: t("round.name"),
              heads: true,
              cell: (c) => (
                <Link href={`/office/calls/${c.id}`} dir="auto">
                  {c.title || t("round.untitled")}
                </Link>
              ),
            },
            {
              key: "state",
              head: t("round.state"),
              by: (c) => c.state,
              cell: (c) => (
                <Tag tone={c.state === "open" ? "good" : c.state === "draft" ? "warn" : "plain"}>{t(`round.state.${c.state}`)}</Tag>
              ),
            },
            {
              key: "waiting",
              head: t("round.waiting"),
              by: (c) => c.waiting,
              cell: (c) => (c.waiting > 0 ? <Tag tone="warn">{String(c.waiting)}</Tag> : ""),
            },
            {
              key: "closes",
              head: t("round.closes"),
              by: (c) => c.closes_at ?? "",
              cell: (c) => c.closes_at && <DateTime value={c.closes_at} zone={fund.zone} />,
            },
          ]}
        />
      )}
    </>
  );
}
