import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useParams, useSearchParams } from "wouter";
import { client } from "../api/client";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useRead } from "./office";
import { Facts, Sum } from "./parts";

/** What one figure of the Funding Status is made of: its vouchers, fifty at a time. */
export default function FigurePage() {
  const { t, language } = useWords();
  const { code = "" } = useParams();
  const [query] = useSearchParams();
  const asOf = query.get("as_of") ?? undefined;
  const statement = useRead<Schemas["Statement"]>("/statement", { as_of: asOf });
  const pages = useInfiniteQuery({
    queryKey: ["figure", code, asOf],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) => {
      const { data, response } = await client.GET("/statement/{code}/vouchers", {
        params: { path: { code }, query: { as_of: asOf, after: pageParam, limit: 50 } },
      } as never);
      return { figure: data as unknown as Schemas["Figure"], more: response.headers.has("Link") };
    },
    getNextPageParam: (last) => (last.more ? last.figure.vouchers.at(-1)?.number : undefined),
  });
  if (pages.error) return <Trouble error={pages.error} again={() => void pages.refetch()} />;
  const first = pages.data?.pages[0]?.figure;
  if (!first) return <Waiting />;
  const rows = (pages.data?.pages ?? []).flatMap((p) => p.figure.vouchers);
  const label = statement.data?.lines.find((l) => l.code === code)?.label ?? code;
  return (
    <>
      <PageHead
        title={label}
        lead={t("office.figure-lead", { day: formatDay(first.as_of, language), count: first.count })}
        crumbs={<Link href={`/funding-status?as_of=${first.as_of}`}>{t("office.status")}</Link>}
      />
      <Facts facts={[{ name: label, value: <Sum of={first.amount} named />, figure: true }]} />
      <div className={styles.stack}>
        <DataTable
          caption={t("office.vouchers")}
          rows={rows}
          id={(v) => `${v.id}`}
          columns={[
            {
              key: "n",
              head: t("office.voucher"),
              heads: true,
              cell: (v) => <Link href={`/vouchers/${v.id}`}>{t("office.voucher-n", { number: String(v.number) })}</Link>,
            },
            { key: "kind", head: t("office.kind"), cell: (v) => <Kind kind={v.kind} /> },
            { key: "on", head: t("office.booked-on"), cell: (v) => <Day value={v.booked_on} short /> },
            {
              key: "memo",
              head: t("office.memo"),
              cell: (v) => (
                <span lang="en" dir="auto">
                  {v.memo}
                </span>
              ),
            },
            {
              key: "part",
              head: t("office.amount-in", { currency: first.amount.currency }),
              kind: "amount",
              cell: (v) => <Sum of={v.part} />,
            },
          ]}
        />
        {pages.hasNextPage && (
          <div className={styles.acts}>
            <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {t("office.more")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

const kinds = [
  ...["opening", "history", "deposit", "interest", "other-income", "bank-charge", "allocation", "reallocation"],
  ...["release", "transfer", "refund", "expenditure", "suspense", "reversal"],
];

/** What sort of voucher it is, in the reader's language where we have the word. */
export function Kind({ kind }: { kind: string }) {
  const { t } = useWords();
  return <>{kinds.includes(kind) ? t(`office.kind.${kind}`) : kind}</>;
}
