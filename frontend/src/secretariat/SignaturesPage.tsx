import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { useRules } from "../decision/data";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { useTransfers } from "./transfers";

/** Transfer requests that wait for the Chair's signature. */
export default function SignaturesPage() {
  const { t } = useWords();
  const { short } = useNames();
  const rules = useRules().data;
  const list = useTransfers("requested");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (list.isPending) return <Waiting />;
  return (
    <>
      <PageHead title={t("signatures.title")} lead={t("signatures.lead", { count: list.data.length })} />
      <DataTable
        caption={t("signatures.title")}
        captionUnseen
        rows={list.data}
        id={(r) => r.id}
        empty={t("signatures.empty")}
        columns={[
          {
            key: "ref",
            head: t("request.ref"),
            heads: true,
            by: (r) => r.ref,
            cell: (r) => (
              <Link href={`/signatures/${r.id}`}>
                <bdi dir="ltr">{r.ref}</bdi>
              </Link>
            ),
          },
          {
            key: "who",
            head: t("ruling.organisation"),
            by: (r) => short(r.organisation.code),
            cell: (r) => <bdi>{short(r.organisation.code)}</bdi>,
          },
          { key: "purpose", head: t("request.purpose"), cell: (r) => <span dir="auto">{r.purpose}</span> },
          {
            key: "amount",
            head: t("request.amount", { currency: rules?.currency ?? "" }),
            kind: "amount",
            by: (r) => r.amount.amount,
            cell: (r) => <Amount value={r.amount.amount} />,
          },
          {
            key: "at",
            head: t("signatures.requested"),
            by: (r) => r.requested.at,
            cell: (r) => <Day value={r.requested.at.slice(0, 10)} short />,
          },
        ]}
      />
    </>
  );
}
