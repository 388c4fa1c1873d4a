import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { useNames } from "../api/organisations";
import { named, useRules } from "../decision/data";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useRead } from "./office";
import { ButtonLink, Facts, Sum, Written } from "./parts";
import { percent } from "./reckon";

const ReasonDialog = lazy(async () => ({ default: (await import("./ReasonDialog")).ReasonDialog }));

type Deposit = Schemas["Deposit"];

/** One agreement: what was promised and when, and what arrived, each deposit with its fee and its voucher. */
export default function AgreementPage() {
  const { t, language } = useWords();
  const rules = useRules();
  const toast = useToast();
  const { id = "" } = useParams();
  const agreement = useRead<Schemas["Agreement"]>(`/agreements/${id}`);
  const deposits = useRead<Deposit[]>(`/agreements/${id}/deposits`);
  const { name } = useNames();
  const [reversing, setReversing] = useState<Deposit>();
  const error = agreement.error ?? deposits.error;
  if (error)
    return (
      <Trouble
        error={error}
        again={() => {
          void agreement.refetch();
          void deposits.refetch();
        }}
      />
    );
  if (!agreement.data || !deposits.data) return <Waiting />;
  const a = agreement.data;
  const currency = a.amount.currency;
  return (
    <>
      <PageHead
        title={t("office.agreement", { ref: a.ref })}
        lead={<Written>{name(a.contributor.code)}</Written>}
        crumbs={<Link href="/agreements">{t("office.agreements")}</Link>}
        actions={
          a.may.includes("deposit.record") && (
            <ButtonLink href={`/agreements/${id}/deposit`} main>
              {t("office.deposit-record")}
            </ButtonLink>
          )
        }
      />
      <Facts
        facts={[
          { name: t("office.commitment", { currency }), value: <Sum of={a.amount} />, figure: true },
          { name: t("office.deposited"), value: <Sum of={a.deposited} />, figure: true },
          { name: t("office.remaining"), value: <Sum of={a.remaining} />, figure: true },
          ...(a.exchange
            ? [
                { name: t("exchange.value", { currency: a.value.currency }), value: <Sum of={a.value} />, figure: true },
                { name: t("exchange.rate", { currency }), value: <Rate of={a.exchange} /> },
                { name: t("exchange.credited", { currency: a.value.currency }), value: <Sum of={a.credited} />, figure: true },
              ]
            : []),
          { name: t("office.signed-on"), value: <Day value={a.signed_on} /> },
          { name: t("office.fee-rate"), value: t("office.percent", { share: percent(a.fee_rate) }) },
          {
            name: t("office.earmark"),
            value: a.earmark
              ? named(rules.data?.proposals.areas.find((x) => x.key === a.earmark)?.name, language, a.earmark)
              : t("office.unearmarked"),
          },
        ]}
      />
      <div className={styles.stack}>
        <DataTable
          caption={t("office.schedule")}
          rows={a.instalments}
          id={(i) => `${i.due_on} ${i.amount.amount}`}
          columns={[
            { key: "due", head: t("office.due-on"), heads: true, cell: (i) => <Day value={i.due_on} /> },
            { key: "amount", head: t("office.amount-in", { currency }), kind: "amount", cell: (i) => <Sum of={i.amount} /> },
            { key: "paid", head: t("exchange.deposited-of"), kind: "amount", cell: (i) => <Sum of={i.paid} /> },
            {
              key: "state",
              head: t("office.state"),
              cell: (i) => (
                <>
                  <Tag tone={i.state === "late" ? "warn" : i.state === "paid" ? "good" : "plain"}>
                    {t(`exchange.instalment.${i.state}`)}
                  </Tag>{" "}
                  {i.paid_on && <Day value={i.paid_on} short />} {i.late_days > 0 && t("exchange.days-late", { count: i.late_days })}
                </>
              ),
            },
          ]}
        />
        <DataTable
          caption={t("office.deposits")}
          rows={deposits.data}
          id={(d) => d.id}
          empty={a.may.includes("deposit.record") ? t("office.deposits-empty") : t("office.deposits-none")}
          columns={[
            {
              key: "on",
              head: t("office.received-on"),
              heads: true,
              by: (d) => d.received_on,
              cell: (d) => <Day value={d.received_on} short />,
            },
            { key: "bank", head: t("office.bank-reference"), cell: (d) => <bdi>{d.bank_reference || "–"}</bdi> },
            ...(deposits.data.some((d) => d.exchange)
              ? [
                  {
                    key: "paid",
                    head: t("exchange.as-paid"),
                    cell: (d: Deposit) =>
                      d.exchange ? (
                        <>
                          <Sum of={d.exchange.paid ?? d.amount} named /> <Rate of={d.exchange} />
                        </>
                      ) : (
                        "–"
                      ),
                  },
                  {
                    key: "difference",
                    head: t("exchange.difference"),
                    kind: "amount" as const,
                    cell: (d: Deposit) => (d.exchange?.difference ? <Sum of={d.exchange.difference} /> : "–"),
                  },
                ]
              : []),
            {
              key: "amount",
              head: t("office.amount-in", { currency: a.value.currency }),
              kind: "amount",
              by: (d) => d.amount.amount,
              cell: (d) => <Sum of={d.amount} />,
            },
            { key: "fee", head: t("office.fee"), kind: "amount", cell: (d) => <Sum of={d.fee} /> },
            { key: "available", head: t("office.to-the-fund"), kind: "amount", cell: (d) => <Sum of={d.available} /> },
            {
              key: "voucher",
              head: t("office.voucher"),
              cell: (d) => <Link href={`/vouchers/${d.voucher}`}>{t("office.voucher-n", { number: String(d.number) })}</Link>,
            },
            {
              key: "state",
              head: t("office.state"),
              cell: (d) =>
                d.reversal ? (
                  <Link href={`/vouchers/${d.reversal}`}>
                    <Tag tone="warn">{t("office.reversed")}</Tag>
                  </Link>
                ) : d.may.includes("deposit.reverse") ? (
                  <Button tone="quiet" onClick={() => setReversing(d)}>
                    {t("office.reverse")}
                  </Button>
                ) : (
                  <Tag tone="good">{t("office.booked")}</Tag>
                ),
            },
          ]}
        />
        {a.document && (
          <p>
            <b>{t("office.document")}</b> <Written>{a.document}</Written>
          </p>
        )}
      </div>
      {reversing && (
        <Suspense>
          <ReasonDialog
            title={t("office.reverse-title")}
            lead={t("office.reverse-lead")}
            act={t("office.reverse")}
            path={`/deposits/${reversing.id}/reversal`}
            onDone={() => toast(t("office.reversed-done"))}
            onClose={() => setReversing(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

/** A rate of exchange and the day from which it was in force. */
function Rate({ of }: { of: Schemas["Exchange"] }) {
  const { t } = useWords();
  return (
    <>
      {t("exchange.at")} <Amount value={of.rate} /> (<Day value={of.rate_on} short />)
    </>
  );
}
