import { Link, useParams } from "wouter";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { Kind } from "./FigurePage";
import styles from "./Office.module.css";
import { type Schemas, useRead } from "./office";
import { Facts, Sum } from "./parts";

/** One voucher: its postings, what it carries out, and what reverses it or is reversed by it. */
export default function VoucherPage() {
  const { t } = useWords();
  const { id = "" } = useParams();
  const voucher = useRead<Schemas["Voucher"]>(`/vouchers/${id}`);
  if (voucher.error) return <Trouble error={voucher.error} again={() => void voucher.refetch()} />;
  if (!voucher.data) return <Waiting />;
  const v = voucher.data;
  const currency = v.postings[0]?.amount.currency ?? "";
  const request = v.subject.startsWith("transfer-request:") ? v.subject.slice("transfer-request:".length) : undefined;
  return (
    <>
      <PageHead
        title={t("office.voucher-n", { number: String(v.number) })}
        lead={
          <span lang="en" dir="auto">
            {v.memo}
          </span>
        }
        crumbs={<Link href="/funding-status">{t("office.status")}</Link>}
        actions={<Button onClick={() => print()}>{t("office.print")}</Button>}
      />
      <Facts
        facts={[
          { name: t("office.kind"), value: <Kind kind={v.kind} /> },
          { name: t("office.booked-on"), value: <Day value={v.booked_on} /> },
          { name: t("office.value-on"), value: <Day value={v.value_on} /> },
          { name: t("office.posted-at"), value: <DateTime value={v.posted_at} zone={fund.zone} /> },
          ...(v.decision ? [{ name: t("office.decision"), value: <bdi>{v.decision}</bdi> }] : []),
          ...(v.transfer_request
            ? [
                {
                  name: t("office.transfer-ref"),
                  value: request ? <Link href={`/transfers/${request}`}>{v.transfer_request}</Link> : v.transfer_request,
                },
              ]
            : []),
          ...(v.reverses
            ? [{ name: t("office.reverses"), value: <Link href={`/vouchers/${v.reverses}`}>{t("office.voucher")}</Link> }]
            : []),
          ...(v.reversed_by
            ? [
                {
                  name: t("office.reversed-by"),
                  value: <Link href={`/vouchers/${v.reversed_by}`}>{t("office.voucher")}</Link>,
                  tone: "warn" as const,
                },
              ]
            : []),
        ]}
      />
      <DataTable
        caption={t("office.postings")}
        rows={v.postings.map((p, n) => ({ ...p, n }))}
        id={(p) => String(p.n)}
        columns={[
          { key: "from", head: t("office.out-of"), heads: true, cell: (p) => <bdi className={styles.account}>{p.from}</bdi> },
          { key: "to", head: t("office.into"), cell: (p) => <bdi className={styles.account}>{p.to}</bdi> },
          { key: "amount", head: t("office.amount-in", { currency }), kind: "amount", cell: (p) => <Sum of={p.amount} /> },
        ]}
      />
    </>
  );
}
