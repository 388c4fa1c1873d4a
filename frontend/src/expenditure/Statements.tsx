import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { within } from "../decision/within";
import { useTyped } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { isZero } from "../money/money";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Part, type Rules, type Statement, tones } from "./data";

/** What an organisation stated, the latest first. */
export default function Statements({ programme, part, rules }: { programme: string; part: Part; rules: Rules }) {
  return part.statements.map((s) => <Stated key={s.id} programme={programme} who={part.organisation.code} of={s} rules={rules} />);
}

/** One statement line by line, with what is out of the ordinary and what became of it. */
function Stated({ programme, who, of: s, rules }: { programme: string; who: string; of: Statement; rules: Rules }) {
  const { t, language } = useWords();
  const lines = <Lines of={s} who={who} rules={rules} />;
  return (
    <article className={`${styles.card} ${styles.tight}`} aria-labelledby={`statement-${s.id}`}>
      <h3 id={`statement-${s.id}`}>
        {t(s.certified ? "expenditure.certified-of" : "expenditure.provisional-of", { year: String(s.year) })}{" "}
        <Tag tone={tones[s.state]}>{t(`expenditure.state.${s.state}`)}</Tag>
      </h3>
      <p className={styles.quiet}>
        <DateTime value={s.at} zone={fund.zone} />
        {s.officer && (
          <>
            {" · "}
            {t("expenditure.by-officer")} <bdi>{s.officer}</bdi>
          </>
        )}
        {s.finding?.voucher && (
          <>
            {" · "}
            <Link href={`/vouchers/${s.finding.voucher}`}>{t("expenditure.voucher", { number: String(s.finding.number) })}</Link>
          </>
        )}
      </p>
      {s.state === "taken" || s.state === "replaced" ? (
        <details>
          <summary>{t("expenditure.by-line")}</summary>
          {lines}
        </details>
      ) : (
        lines
      )}
      {s.flags.length > 0 && (
        <ul>
          {s.flags.map((f) => (
            <li key={f.flag + f.line}>
              {f.line && <>{lineName(rules, f.line, language)}: </>}
              {t(`expenditure.flag.${f.flag}`)} <Amount value={f.has.amount} /> / <Amount value={f.most.amount} />
            </li>
          ))}
        </ul>
      )}
      {s.explanation && (
        <p className={styles.text} lang={s.language} dir="auto">
          {s.explanation}
        </p>
      )}
      {s.finding?.reason && (
        <p role="note" className={styles.text} dir="auto">
          {s.finding.reason}
        </p>
      )}
      {s.may.includes("expenditure.find") && <Finding programme={programme} of={s} />}
    </article>
  );
}

function lineName(rules: Rules, key: string, language: string) {
  return named(rules.proposals.budget.lines.find((l) => l.key === key)?.name, language, key);
}

function Lines({ of: s, who, rules }: { of: Statement; who: string; rules: Rules }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const rows = rules.proposals.budget.lines.map((l) => ({
    key: l.key,
    name: named(l.name, language, l.key),
    amount: s.lines[l.key]?.amount ?? "0",
  }));
  return (
    <DataTable
      caption={t("expenditure.lines", { who: short(who), year: `${s.year}/${s.n}`, currency: s.total.currency })}
      rows={[
        ...rows,
        { key: "total", name: t("expenditure.total"), amount: s.total.amount },
        ...(isZero(s.committed.amount) ? [] : [{ key: "committed", name: t("expenditure.committed"), amount: s.committed.amount }]),
      ]}
      id={(r) => r.key}
      columns={[
        { key: "line", head: t("expenditure.line"), heads: true, cell: (r) => r.name },
        { key: "amount", head: t("expenditure.amount"), kind: "amount", cell: (r) => <Amount value={r.amount} /> },
      ]}
    />
  );
}

/** The agent takes it into the books, or sends it back with a reason. */
function Finding({ programme, of: s }: { programme: string; of: Statement }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const id = `finding-${s.n}`;
  const [reason, setReason, sent] = useTyped(`expenditure/${s.id}`, "");
  const act = within(
    useAct(
      async (key: string, accepted: boolean, why: string) =>
        client.POST("/expenditures/{id}/finding", {
          params: { path: { id: s.id }, header: { "Idempotency-Key": key } },
          body: { accepted, reason: why },
        }),
      async () => Promise.all([sent(), queries.invalidateQueries({ queryKey: [`/programmes/${programme}/expenditures`] })]),
    ),
    id,
  );
  return (
    <ActForm
      plain
      label={String(s.year)}
      act={act}
      names={{ [`${id}-reason`]: t("expenditure.why-not") }}
      button={t("expenditure.send-back")}
      tone="plain"
      send={() => void act.run(false, reason.trim())}
    >
      <TextField
        id={`${id}-reason`}
        rows={2}
        label={t("expenditure.why-not")}
        error={faultsByField(act.problem)[`${id}-reason`]}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button tone="main" busy={act.busy} onClick={() => void act.run(true, reason.trim())}>
          {t("expenditure.take")}
        </Button>
      </div>
    </ActForm>
  );
}
