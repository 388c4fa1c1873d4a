import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { Asked } from "../condition/lazy";
import { Asks, RecordSent } from "../minutes/lazy";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { unbroken } from "../ui/unbroken";
import { bringArea, useWords } from "../words/i18n";
import { named, type Rules, useRules, useSeats } from "./data";
import styles from "./decision.module.css";
import { readRecord, type Spoken } from "./record";

// Few decisions are about a budget that stands.
/** Roles that see when a decision's record went out. */
const follows: string[] = ["member", "coordinator", "secretariat", "auditor"];
const Referendum = lazy(() => import("./Referendum"));
const CountAgain = lazy(async () => (await Promise.all([import("./CountAgain"), bringArea("records")]))[0]);
const Drifted = lazy(async () => ({ default: (await import("./Changing")).Drifted }));

/** A decision as adopted, with its record as far as one may read it; made to be printed. */
export default function DecisionPage({ params }: { params: { number: string } }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const role = useSession().data?.hat?.role;
  const decision = useQuery({
    queryKey: ["decisions", params.number],
    queryFn: async () => (await client.GET("/decisions/{number}", { params: { path: { number: params.number } } })).data!,
  });
  const d = decision.data;
  const rules = useRules(d?.charter_version).data;
  if (decision.error) return <Trouble error={decision.error} again={() => void decision.refetch()} />;
  if (!d || !rules) return <Waiting />;
  return (
    <>
      <PageHead
        title={t("ruling.title", { number: d.number, title: d.title })}
        crumbs={<Link href="/decisions">{t("decisions.title")}</Link>}
        actions={
          <span className={styles.noprint}>
            <Button onClick={() => print()}>{t("ruling.print")}</Button>
          </span>
        }
      />
      <div className={styles.stack}>
        <p className={styles.text} lang={d.language} dir="auto">
          {unbroken(d.text)}
        </p>
        {d.conditions && (
          <Suspense>
            <Asked of={d} />
          </Suspense>
        )}
        <dl className={styles.facts}>
          <dt>{t("decisions.at")}</dt>
          <dd>
            <DateTime value={d.adopted_at} zone={fund.zone} />
          </dd>
          <dt>{t("decisions.kind")}</dt>
          <dd>
            {t("meeting.how", {
              kind: named(rules.decisions.find((k) => k.kind === d.kind)?.name, language, d.kind),
              procedure: t(`procedure.${d.procedure}`),
            })}
          </dd>
          {d.amount && (
            <>
              <dt>{t("ruling.amount")}</dt>
              <dd>
                <Amount value={d.amount.amount} currency={d.amount.currency} strong />
              </dd>
            </>
          )}
          {d.proposal && (
            <>
              <dt>{t("ruling.proposal")}</dt>
              <dd>{d.proposal}</dd>
            </>
          )}
          {d.programme && (
            <>
              <dt>{t("ruling.programme")}</dt>
              <dd>{d.programme}</dd>
            </>
          )}
        </dl>
        {d.shares && d.shares.length > 0 && (
          <DataTable
            caption={t("ruling.shares", { currency: rules.currency })}
            rows={d.shares}
            id={(s) => s.organisation}
            columns={[
              { key: "who", head: t("ruling.organisation"), heads: true, cell: (s) => <bdi>{name(s.code)}</bdi> },
              { key: "amount", head: t("ruling.amount"), kind: "amount", cell: (s) => <Amount value={s.amount.amount} /> },
            ]}
          />
        )}
        {d.drift && d.drift.length > 0 && (
          <Suspense>
            <Drifted moves={d.drift} />
          </Suspense>
        )}
        {d.referendum && (
          <Suspense>
            <Referendum of={d.referendum} />
          </Suspense>
        )}
        <Record text={d.record} complete={d.complete} rules={rules} />
        {follows.includes(role ?? "") && (
          <Suspense>
            <Asks number={d.number} />
            <RecordSent number={d.number} />
          </Suspense>
        )}
        <p className={styles.quiet}>
          {t("ruling.hash")} <bdi dir="ltr">{d.record_sha256}</bdi>
        </p>
        <Suspense>
          <CountAgain number={d.number} complete={d.complete} />
        </Suspense>
        <p className={styles.noprint}>
          <a href={`/${language}/decisions/${d.number}`}>{t("ruling.public")}</a>
        </p>
      </div>
    </>
  );
}

function Record({ text, complete, rules }: { text: string; complete: boolean; rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const seats = useSeats().data;
  // The seat as the charter calls it: several of one constituency are counted.
  const seatName = (code: string) => {
    const seat = seats?.find((s) => s.name === code);
    const constituency = rules.constituencies.find((c) => c.key === seat?.constituency);
    return constituency ? named(constituency.name, language, constituency.key) : code;
  };
  const record = readRecord(text);
  if (!record) return null;
  const said = (key: string) =>
    named(rules.procedures.find((p) => p.procedure === record.procedure)?.positions.find((p) => p.key === key)?.name, language, key);
  const quorum = record.arithmetic?.quorum;
  const tally = record.arithmetic?.positions;
  return (
    <section className={styles.stack}>
      <h2>{t("record.title")}</h2>
      <dl className={styles.facts}>
        <dt>{t(record.in_writing ? "meetings.in-writing" : "record.meeting")}</dt>
        <dd>
          {record.in_writing ? (
            <bdi dir="ltr">{record.in_writing.ref}</bdi>
          ) : (
            t("record.item", { meeting: record.meeting ?? "", item: record.item ?? 0 })
          )}
        </dd>
        {quorum?.applies && (
          <>
            <dt>{t("count.quorum")}</dt>
            <dd>{t("record.quorum", { needed: quorum.needed, base: quorum.base, present: quorum.present })}</dd>
          </>
        )}
        {tally && (
          <>
            <dt>{t("record.tally")}</dt>
            <dd>{t("record.counted", { joins: tally.joins, aside: tally.aside, blocks: tally.blocks })}</dd>
          </>
        )}
      </dl>
      {complete ? (
        <DataTable<Spoken>
          caption={t("record.positions")}
          rows={record.positions ?? []}
          id={(p) => `${p.seat} ${p.n}`}
          empty={t("record.nobody")}
          columns={[
            {
              key: "seat",
              head: t("record.seat"),
              heads: true,
              by: (p) => p.seat,
              cell: (p) => (
                <>
                  <bdi>{name(record.holder(p.seat) ?? p.seat)}</bdi>
                  <p className={styles.quiet}>{seatName(p.seat)}</p>
                </>
              ),
            },
            { key: "position", head: t("position.position"), by: (p) => said(p.position), cell: (p) => said(p.position) },
            { key: "reason", head: t("position.reason"), cell: (p) => <span dir="auto">{p.reason}</span> },
            { key: "at", head: t("record.at"), by: (p) => p.at, cell: (p) => <Moment value={p.at} zone={fund.zone} hour /> },
          ]}
        />
      ) : (
        <p className={styles.quiet}>{t("record.abridged")}</p>
      )}
    </section>
  );
}
