import { Link, useLocation, useSearchParams } from "wouter";
import { isZero } from "../money/money";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useMay, useRead } from "./office";
import { ButtonLink, Facts, Sum, Written } from "./parts";

/** The proof of a day: what the bank says is what the books say, and each thing that stands between them. */
export default function ProofPage() {
  const { t, language } = useWords();
  const [query] = useSearchParams();
  const [, go] = useLocation();
  const on = query.get("on") ?? "";
  const proof = useRead<Schemas["Proof"]>("/proof", on ? { on } : {});
  const bank = useMay("bank.read");
  const choose = (
    <div className={styles.acts}>
      <DayField
        id="on"
        label={t("office.proof-day")}
        value={on || proof.data?.on || ""}
        onDay={(day) => go(day ? `/proof?on=${day}` : "/proof")}
      />
    </div>
  );
  if (proof.error)
    return (
      <>
        <Trouble error={proof.error} again={() => void proof.refetch()} />
        {on && choose}
      </>
    );
  if (!proof.data) return <Waiting />;
  const p = proof.data;
  const currency = p.statement_balance.currency;
  const ends = isZero(p.difference.amount);
  return (
    <>
      <PageHead
        title={t("office.proof", { day: formatDay(p.on, language) })}
        lead={t("office.proof-lead", { account: p.account.number, statement: p.statement.ref, day: formatDay(p.statement.to, language) })}
        actions={
          <>
            {bank && <ButtonLink href="/reconcile">{t("office.reconcile")}</ButtonLink>}
            <Button onClick={() => print()}>{t("office.print")}</Button>
          </>
        }
      />
      <div className={styles.stack}>
        {choose}
        <DataTable
          caption={t("office.proof-sum")}
          rows={[
            { key: "books", sign: "", label: t("office.in-books"), sum: p.ledger_balance },
            { key: "sent", sign: "+", label: t("office.sent-not-debited"), sum: p.sent_not_debited.total },
            { key: "received", sign: "−", label: t("office.received-not-credited"), sum: p.received_not_credited.total },
            { key: "lines", sign: "+", label: t("office.not-booked"), sum: p.not_booked.total },
            { key: "difference", sign: "+", label: t("office.unexplained"), sum: p.difference },
          ]}
          id={(r) => r.key}
          tone={(r) => (r.key === "difference" && !ends ? "warn" : undefined)}
          columns={[
            { key: "label", head: t("office.line"), heads: true, cell: (r) => `${r.sign} ${r.label}`.trim() },
            { key: "sum", head: t("office.amount-in", { currency }), kind: "amount", cell: (r) => <Sum of={r.sum} /> },
          ]}
          foot={
            <tr>
              <th scope="row">= {t("office.at-bank")}</th>
              <td className={styles.figureCell}>
                <Sum of={p.statement_balance} strong />
              </td>
            </tr>
          }
        />
        <Facts
          live
          facts={[
            {
              name: t("office.unexplained"),
              value: <Sum of={p.difference} named />,
              figure: true,
              tone: ends ? "good" : "warn",
            },
            { name: t("office.verdict"), value: ends ? t("office.proved") : t("office.not-proved") },
          ]}
        />
        <Movements caption={t("office.sent-not-debited")} items={p.sent_not_debited.items} currency={currency} />
        <Movements caption={t("office.received-not-credited")} items={p.received_not_credited.items} currency={currency} />
        <DataTable
          caption={t("office.not-booked")}
          rows={p.not_booked.items}
          id={(l) => l.id}
          empty={t("office.none-such")}
          columns={[
            { key: "on", head: t("office.date"), heads: true, cell: (l) => <Day value={l.value_on} short /> },
            {
              key: "text",
              head: t("office.description"),
              cell: (l) => (
                <>
                  <Written>{l.counterparty || l.text}</Written> {l.note && <span className={styles.reference}>{l.note}</span>}
                </>
              ),
            },
            { key: "state", head: t("office.state"), cell: (l) => <Tag>{t(`office.line-state.${l.state}`)}</Tag> },
            { key: "amount", head: t("office.amount-in", { currency }), kind: "amount", cell: (l) => <Sum of={l.amount} /> },
          ]}
        />
      </div>
    </>
  );
}

function Movements({ caption, items, currency }: { caption: string; items: Schemas["Movement"][]; currency: string }) {
  const { t } = useWords();
  return (
    <DataTable
      caption={caption}
      rows={items}
      id={(m) => String(m.posting)}
      empty={t("office.none-such")}
      columns={[
        { key: "on", head: t("office.date"), heads: true, cell: (m) => <Day value={m.value_on} short /> },
        {
          key: "memo",
          head: t("office.description"),
          cell: (m) => (
            <span lang="en" dir="auto">
              {m.memo}
            </span>
          ),
        },
        {
          key: "voucher",
          head: t("office.voucher"),
          cell: (m) => <Link href={`/vouchers/${m.voucher}`}>{t("office.voucher-n", { number: String(m.number) })}</Link>,
        },
        { key: "amount", head: t("office.amount-in", { currency }), kind: "amount", cell: (m) => <Sum of={m.amount} /> },
      ]}
    />
  );
}
