import { Link, useLocation, useSearchParams } from "wouter";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DayField } from "../time/DayField";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useRead } from "./office";

/** The Funding Status as of a day; each figure opens to the vouchers it is made of. */
export default function FundingStatusPage() {
  const { t, language } = useWords();
  const [query] = useSearchParams();
  const [, go] = useLocation();
  const asOf = query.get("as_of") ?? "";
  const statement = useRead<Schemas["Statement"]>("/statement", asOf ? { as_of: asOf } : {});
  if (statement.error) return <Trouble error={statement.error} again={() => void statement.refetch()} />;
  if (!statement.data) return <Waiting />;
  const s = statement.data;
  return (
    <>
      <PageHead
        title={t("office.status")}
        lead={t("office.status-lead", { day: formatDay(s.as_of, language), currency: s.currency })}
        actions={<Button onClick={() => print()}>{t("office.print")}</Button>}
      />
      <div className={styles.stack}>
        <div className={styles.acts}>
          <DayField
            id="as_of"
            label={t("office.as-of")}
            value={asOf || s.as_of}
            onDay={(day) => go(day ? `/funding-status?as_of=${day}` : "/funding-status")}
          />
        </div>
        <DataTable
          caption={t("office.status")}
          captionUnseen
          rows={s.lines}
          id={(l) => l.code}
          columns={[
            { key: "label", head: t("office.line"), heads: true, cell: (l) => (l.code.startsWith("total") ? <b>{l.label}</b> : l.label) },
            {
              key: "amount",
              head: t("office.amount-in", { currency: s.currency }),
              kind: "amount",
              cell: (l) => (
                <Link href={`/funding-status/${l.code}?as_of=${s.as_of}`}>
                  <span className="unseen">{t("office.open-figure", { line: l.label })} </span>
                  <Amount value={l.amount} strong={l.code.startsWith("total")} />
                </Link>
              ),
            },
          ]}
        />
      </div>
    </>
  );
}
