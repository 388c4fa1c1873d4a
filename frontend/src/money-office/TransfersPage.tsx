import { Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { AwaitedCover } from "../cover/lazy";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { unbroken } from "../ui/unbroken";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { useMay, useWhole } from "./office";
import { ButtonLink, Sum, Written } from "./parts";
import { StageTag, type Transfer, waiting } from "./transfers";

/** Transfers within reach; what waits for the hat that is worn stands first. */
export default function TransfersPage() {
  const { t } = useWords();
  const { short } = useNames();
  const list = useWhole<Transfer>("/transfer-requests");
  const mous = useMay("mou.read");
  const covers = useMay("cover.read");
  const spends = useMay("expenditure.read");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const mine = list.data.filter(waiting);
  const currency = list.data[0]?.amount.currency ?? "";
  return (
    <>
      <PageHead
        title={t("office.transfers")}
        lead={t("office.transfers-lead")}
        actions={
          <>
            {spends && <ButtonLink href="/expenditures">{t("office.expenditures")}</ButtonLink>}
            {mous && <ButtonLink href="/mous">{t("office.mous")}</ButtonLink>}
          </>
        }
      />
      <div className={styles.stack}>
        <section aria-labelledby="waiting" className={styles.panel}>
          <h2 id="waiting">{t("office.waiting", { count: mine.length })}</h2>
          {mine.length > 0 ? (
            <ul className={styles.wide}>
              {mine.map((r) => (
                <li key={r.id} className={styles.step}>
                  <Link href={`/transfers/${r.id}`} className={styles.link}>
                    {unbroken(t(`office.do.${waiting(r)}`, { ref: r.ref }))}
                  </Link>
                  <span>
                    {short(r.organisation.code)} · <Sum of={r.amount} named strong />
                  </span>
                  {r.missing.length > 0 && <Tag tone="warn">{t("office.missing-n", { count: r.missing.length })}</Tag>}
                </li>
              ))}
            </ul>
          ) : (
            <p className={styles.small}>{t("office.waiting-none")}</p>
          )}
        </section>
        {covers && (
          <Suspense fallback={null}>
            <AwaitedCover />
          </Suspense>
        )}
        <DataTable
          caption={t("office.transfers-all")}
          rows={list.data}
          id={(r) => r.id}
          start={{ key: "ref", down: true }}
          empty={t("office.transfers-empty")}
          columns={[
            {
              key: "ref",
              head: t("office.transfer-ref"),
              by: (r) => r.ref,
              heads: true,
              cell: (r) => (
                <Link className="ref" href={`/transfers/${r.id}`}>
                  {r.ref}
                </Link>
              ),
            },
            {
              key: "org",
              head: t("office.organisation"),
              by: (r) => short(r.organisation.code),
              cell: (r) => <bdi>{short(r.organisation.code)}</bdi>,
            },
            { key: "for", head: t("office.purpose"), cell: (r) => <Written>{r.purpose}</Written> },
            {
              key: "amount",
              head: t("office.amount-in", { currency }),
              kind: "amount",
              by: (r) => r.amount.amount,
              cell: (r) => <Sum of={r.amount} />,
            },
            { key: "stage", head: t("office.state"), by: (r) => r.stage, cell: (r) => <StageTag stage={r.stage} /> },
          ]}
        />
      </div>
    </>
  );
}
