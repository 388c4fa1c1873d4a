import { lazy, Suspense, useState } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { currencyName } from "./CurrencyChoice";
import styles from "./Office.module.css";
import { type Schemas, today, useMay, useRead } from "./office";

const ImportRates = lazy(async () => ({ default: (await import("./ImportRates")).ImportRates }));

type Rate = Schemas["OperationalRate"];

/** The United Nations' rates of exchange as of a day; of one currency, all that was ever said of it. */
export default function RatesPage() {
  const { t, language } = useWords();
  const [query] = useSearchParams();
  const [, go] = useLocation();
  const on = query.get("on") ?? "";
  const currency = query.get("currency") ?? "";
  const rates = useRead<Rate[]>("/operational-rates", { ...(on && { on }), ...(currency && { currency }) });
  const may = useMay("rate.import");
  const [importing, setImporting] = useState(false);
  if (rates.error) return <Trouble error={rates.error} again={() => void rates.refetch()} />;
  if (!rates.data) return <Waiting />;
  const asked = on || today();
  // Each month's file lists every currency: where the latest is of a month before, this month's is not here yet.
  const missing = !currency && !rates.data.some((r) => r.effective_on.slice(0, 7) === asked.slice(0, 7));
  return (
    <>
      <PageHead
        title={currency ? t("rates.of", { currency }) : t("rates.title")}
        lead={currency ? currencyName(currency, language) : t("rates.lead")}
        crumbs={
          <>
            <Link href="/agreements">{t("rates.agreements")}</Link>
            {currency && (
              <>
                {" / "}
                <Link href="/rates">{t("rates.title")}</Link>
              </>
            )}
          </>
        }
        actions={
          may && (
            <Button tone="main" onClick={() => setImporting(true)}>
              {t("rates.import")}
            </Button>
          )
        }
      />
      <div className={styles.stack}>
        {!currency && (
          <div className={styles.acts}>
            <DayField id="on" label={t("rates.day")} value={asked} onDay={(day) => go(day ? `/rates?on=${day}` : "/rates")} />
          </div>
        )}
        {missing && rates.data.length > 0 && (
          <p role="status">
            <Tag tone="warn">{t("rates.month-missing")}</Tag>
          </p>
        )}
        <DataTable
          caption={currency ? t("rates.of", { currency }) : t("rates.title")}
          captionUnseen
          rows={rates.data}
          id={(r) => `${r.currency} ${r.effective_on} ${r.per_usd} ${r.replaced}`}
          empty={may ? t("rates.empty") : t("rates.none")}
          columns={[
            {
              key: "currency",
              head: t("rates.currency"),
              heads: true,
              by: (r) => r.currency,
              cell: (r) =>
                currency ? (
                  <bdi>{r.currency}</bdi>
                ) : (
                  <Link href={`/rates?currency=${r.currency}`}>{`${r.currency} – ${currencyName(r.currency, language)}`}</Link>
                ),
            },
            { key: "rate", head: t("rates.per-dollar"), kind: "number", cell: (r) => <Amount value={r.per_usd} /> },
            { key: "from", head: t("rates.from"), by: (r) => r.effective_on, cell: (r) => <Day value={r.effective_on} short /> },
            {
              key: "imported",
              head: t("rates.imported"),
              by: (r) => r.imported_at,
              cell: (r) => (
                <>
                  <DateTime value={r.imported_at} /> {r.replaced && <Tag tone="warn">{t("rates.replaced")}</Tag>}
                </>
              ),
            },
          ]}
        />
      </div>
      {importing && (
        <Suspense>
          <ImportRates onClose={() => setImporting(false)} />
        </Suspense>
      )}
    </>
  );
}
