import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { useMayBegin, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { useProgramme } from "../programme/data";
import { Standing } from "../programme/lazy";
import { Reports } from "../report/lazy";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { askedOf, useTransfers } from "./transfers";

const Requesting = lazy(() => import("./Requesting"));

/** A programme's shares, what was asked for of each, and a new fund transfer request. */
export default function ProgrammePage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const { short } = useNames();
  const requests = useMayBegin("transfer.request");
  const rules = useRules().data;
  const programme = useProgramme(params.id);
  const transfers = useTransfers();
  const p = programme.data;
  if (programme.error) return <Trouble error={programme.error} again={() => void programme.refetch()} />;
  if (!p || !rules) return <Waiting />;
  const all = transfers.data ?? [];
  const mine = all.filter((r) => r.programme.id === p.id);
  return (
    <>
      <PageHead
        title={p.title}
        crumbs={
          <>
            <Link href="/office/programmes">{t("programmes.title")}</Link> / <bdi>{p.code}</bdi>
          </>
        }
        lead={p.decision && <Link href={`/decisions/${p.decision}`}>{t("chair.decision", { number: p.decision })}</Link>}
      />
      <div className={styles.stack}>
        <Suspense fallback={<Waiting />}>
          <Standing programme={p.id} />
        </Suspense>
        <Suspense>
          <Reports programme={p.id} />
        </Suspense>
        <p>
          <Link href={`/programmes/${p.id}`}>{t("programmes.life")}</Link>
        </p>
        <DataTable
          caption={t("request.shares", { currency: rules.currency })}
          rows={p.shares}
          id={(s) => s.organisation}
          columns={[
            { key: "who", head: t("ruling.organisation"), heads: true, cell: (s) => <bdi>{short(s.code)}</bdi> },
            { key: "share", head: t("request.share"), kind: "amount", cell: (s) => <Amount value={s.amount.amount} /> },
            {
              key: "asked",
              head: t("request.asked"),
              kind: "amount",
              cell: (s) => <Amount value={askedOf(s.amount.amount, p.id, s.organisation, all).asked} />,
            },
            {
              key: "left",
              head: t("request.left"),
              kind: "amount",
              cell: (s) => <Amount value={askedOf(s.amount.amount, p.id, s.organisation, all).left} strong />,
            },
          ]}
        />
        {requests && p.shares.length > 0 && (
          <Suspense>
            <Requesting programme={p} currency={rules.currency} />
          </Suspense>
        )}
        {mine.length > 0 && (
          <DataTable
            caption={t("request.earlier")}
            rows={mine}
            id={(r) => r.id}
            columns={[
              {
                key: "ref",
                head: t("request.ref"),
                heads: true,
                cell: (r) => (
                  <Link className="ref" href={`/signatures/${r.id}`}>
                    {r.ref}
                  </Link>
                ),
              },
              { key: "purpose", head: t("request.purpose"), cell: (r) => <span dir="auto">{r.purpose}</span> },
              {
                key: "amount",
                head: t("request.amount", { currency: rules.currency }),
                kind: "amount",
                cell: (r) => <Amount value={r.amount.amount} />,
              },
              { key: "stage", head: t("request.stage"), cell: (r) => <Tag>{t(`request.stage.${r.stage}`)}</Tag> },
            ]}
          />
        )}
      </div>
    </>
  );
}
