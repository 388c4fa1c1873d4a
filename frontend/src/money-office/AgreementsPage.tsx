import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, useMay, useWhole } from "./office";
import { ButtonLink, Facts, Sum, Written } from "./parts";
import { total } from "./reckon";

/** Agreements within reach: all of them for the agent, a contributor's own for a contributor. */
export default function AgreementsPage() {
  const { t } = useWords();
  const list = useWhole<Schemas["Agreement"]>("/agreements");
  const { name } = useNames();
  const may = useMay("agreement.record");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const currency = list.data[0]?.value.currency;
  const one = list.data.every((a) => a.amount.currency === currency); // else what is still to come cannot be added up
  const totals = [["amount", "value"], ["deposited", "credited"], ...(one ? [["remaining", "remaining"] as const] : [])] as const;
  return (
    <>
      <PageHead
        title={t("office.agreements")}
        lead={t("office.agreements-lead")}
        actions={
          <>
            <ButtonLink href="/contributions">{t("office.contributions")}</ButtonLink>
            <ButtonLink href="/rates">{t("office.rates")}</ButtonLink>
            {may && (
              <ButtonLink href="/agreements/new" main>
                {t("office.agreement-record")}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className={styles.stack}>
        {currency && (
          <Facts
            facts={totals.map(([name, key]) => ({
              name: t(`office.total-${name}`, { currency }),
              figure: true,
              value: (
                <Sum
                  of={{
                    amount: total(
                      list.data.map((a) => a[key].amount),
                      currency,
                    ),
                    currency,
                  }}
                />
              ),
            }))}
          />
        )}
        <DataTable
          caption={t("office.agreements")}
          captionUnseen
          rows={list.data}
          id={(a) => a.id}
          start={{ key: "signed", down: true }}
          empty={may ? t("office.agreements-empty") : t("office.agreements-none")}
          columns={[
            {
              key: "ref",
              head: t("office.ref"),
              by: (a) => a.ref,
              heads: true,
              cell: (a) => (
                <Link className="ref" href={`/agreements/${a.id}`}>
                  {a.ref}
                </Link>
              ),
            },
            {
              key: "who",
              head: t("office.contributor"),
              by: (a) => name(a.contributor.code),
              cell: (a) => <Written>{name(a.contributor.code)}</Written>,
            },
            { key: "signed", head: t("office.signed-on"), by: (a) => a.signed_on, cell: (a) => <Day value={a.signed_on} short /> },
            {
              key: "amount",
              head: t("office.commitment", { currency: one ? (currency ?? "") : "–" }),
              kind: "amount",
              by: (a) => a.value.amount,
              cell: (a) => <Sum of={a.amount} named={!one} />,
            },
            {
              key: "deposited",
              head: t("office.deposited"),
              kind: "amount",
              by: (a) => a.deposited.amount,
              cell: (a) => <Sum of={a.deposited} named={!one} />,
            },
            {
              key: "remaining",
              head: t("office.remaining"),
              kind: "amount",
              by: (a) => a.remaining.amount,
              cell: (a) => <Sum of={a.remaining} named={!one} />,
            },
          ]}
        />
      </div>
    </>
  );
}
