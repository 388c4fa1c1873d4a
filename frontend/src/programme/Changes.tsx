import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { useAct } from "../api/useAct";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { Drift } from "./Drift";
import { type Change, type Programme, stale, toneOf, useChanges } from "./data";

/** What was asked for of a programme, and for whom each waits. */
export function Changes({ programme: p }: { programme: Programme }) {
  const { t } = useWords();
  const list = useChanges(p.id).data;
  if (!list) return null; // not everybody's business
  return (
    <section className={styles.stack}>
      <h2>{t("life.changes")}</h2>
      {list.length === 0 ? (
        <p className={styles.card}>{t(p.askable.length > 0 ? "life.changes-none-ask" : "life.changes-none")}</p>
      ) : (
        list.map((x) => <Asked key={x.id} change={x} programme={p} />)
      )}
    </section>
  );
}

function Asked({ change: x, programme: p }: { change: Change; programme: Programme }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const queries = useQueryClient();
  const toast = useToast();
  const rules = useRules(x.charter_version).data;
  const done = (word: string) => async () => {
    toast(t(word));
    await Promise.all(stale(p.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const at = (key: string) => ({ params: { path: { id: x.id }, header: { "If-Match": `"${x.version}"`, "Idempotency-Key": key } } });
  const withdraw = useAct(async (key: string) => client.POST("/change-requests/{id}/withdrawal", at(key)), done("life.withdrawn"));
  const record = useAct(async (key: string) => client.POST("/change-requests/{id}/recording", at(key)), done("life.recorded"));
  const was = (organisation: string) => x.before?.shares.find((s) => s.organisation === organisation)?.amount.amount ?? "0.00";
  return (
    <article className={styles.card}>
      <div className={styles.acts}>
        <h3>{t(`life.kind.${x.kind}`)}</h3>
        <Tag tone={toneOf(x.state)}>{t(`life.change.${x.state}`)}</Tag>
        {x.late && <Tag tone="warn">{t("life.late")}</Tag>}
      </div>
      <p className={styles.quiet}>
        <bdi dir="ltr">{x.ref}</bdi> · <bdi>{x.by}</bdi>, <bdi>{short(x.organisation)}</bdi> · <DateTime value={x.at} zone={fund.zone} />
      </p>
      {x.waits_for && (
        <p>
          {t(
            x.waits_for === "body"
              ? "life.waits-body"
              : x.may.includes("change.record") || !asksBody(x)
                ? "life.waits-record"
                : "life.waits-list",
          )}
        </p>
      )}
      {x.agenda && (
        <p>
          <Link href={`/questions/${x.agenda.question}`}>{t("life.agenda", { ref: x.agenda.ref })}</Link>
        </p>
      )}
      {x.decision && (
        <p>
          <Link href={`/decisions/${x.decision}`}>{t("life.by-decision", { number: x.decision })}</Link>
        </p>
      )}
      {x.ends_on && (
        <p>
          {t("life.new-end")} <Day value={x.ends_on} />
        </p>
      )}
      <p className={styles.text} lang={x.language} dir="auto">
        {x.reason}
      </p>
      {x.after && (
        <DataTable
          caption={t("life.plan", { currency: rules?.currency ?? "" })}
          rows={x.after.shares}
          id={(s) => s.organisation}
          columns={[
            { key: "who", head: t("life.organisation"), heads: true, cell: (s) => <bdi>{short(s.code)}</bdi> },
            { key: "before", head: t("life.before"), kind: "amount", cell: (s) => <Amount value={was(s.organisation)} /> },
            { key: "after", head: t("life.after"), kind: "amount", cell: (s) => <Amount value={s.amount.amount} strong /> },
          ]}
        />
      )}
      {x.moved && (
        <DataTable
          caption={t("life.lines", { currency: rules?.currency ?? "" })}
          rows={x.moved}
          id={(m) => m.line}
          columns={[
            {
              key: "line",
              head: t("life.line"),
              heads: true,
              cell: (m) => named(rules?.proposals.budget.lines.find((l) => l.key === m.line)?.name, language, m.line),
            },
            { key: "before", head: t("life.before"), kind: "amount", cell: (m) => <Amount value={m.before.amount} /> },
            { key: "after", head: t("life.after"), kind: "amount", cell: (m) => <Amount value={m.after.amount} /> },
            {
              key: "share",
              head: t("life.moves"),
              cell: (m) => <bdi dir="ltr">{m.share && `${m.share} %`}</bdi>,
            },
          ]}
        />
      )}
      {x.state === "asked" && x.kind === "budget-revision" && x.beyond && <p>{t("life.too-far")}</p>}
      {x.drift && <Drift moves={x.drift} rules={rules} short={short} />}
      <ErrorSummary problem={withdraw.problem ?? record.problem} />
      <div className={styles.acts}>
        {x.may.includes("change.record") && (
          <Button tone="main" busy={record.busy} onClick={() => void record.run()}>
            {t("life.record")}
          </Button>
        )}
        {x.may.includes("change.withdraw") && (
          <Button busy={withdraw.busy} onClick={() => void withdraw.run()}>
            {t("life.withdraw")}
          </Button>
        )}
      </div>
    </article>
  );
}

const asksBody = (x: Change) => x.kind !== "budget-revision" || x.beyond;
