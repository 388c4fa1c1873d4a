import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { type Arithmetic, named, type Question, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime, Deadline } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import Thread from "./Thread";

await bringArea("writing"); // few items are in writing

/** A question in writing: until when, what silence comes to, a later end, what came too late, and what is asked about it. */
export default function Writing({ question: q, counted, rules }: { question: Question; counted?: Arithmetic; rules: Rules }) {
  const { t } = useWords();
  const w = q.in_writing!;
  const runs = q.state === "open" && !w.over;
  return (
    <>
      {q.state === "listed" && <Opening question={q} />}
      {q.state === "open" && w.ends_at && (
        <div className={`${styles.note} ${w.over ? styles.over : ""}`} role="status">
          <Deadline value={w.ends_at} zone={fund.zone} label={t(w.over ? "writing.ended" : "writing.ends")} />
          <p>
            {w.over ? t("writing.over") : t(w.silence_counts ? "writing.if-silent-joins" : "writing.if-silent-holds")}{" "}
            {w.over && counted?.outcome && t(`chair.outcome.${counted.outcome}`)}
          </p>
        </div>
      )}
      {(w.extensions?.length ?? 0) > 0 && (
        <section className={styles.tight}>
          <h2>{t("writing.extensions")}</h2>
          <ul className={`${styles.rows} ${styles.card}`}>
            {w.extensions!.map((x) => (
              <li key={x.n} className={styles.tight}>
                <span>
                  {t("writing.extended-to")} <DateTime value={x.ends_at} zone={fund.zone} />
                </span>
                <q className={styles.said} dir="auto">
                  {x.reason}
                </q>
                <span className={styles.quiet}>
                  <bdi>{x.by}</bdi> · <DateTime value={x.at} zone={fund.zone} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {runs && q.may.includes("silence.extend") && <Extending question={q} />}
      <Late question={q} counted={counted} rules={rules} />
      <Thread question={q} />
    </>
  );
}

/** It is circulated: whoever presides opens its silence, and reads first when that would end. */
function Opening({ question: q }: { question: Question }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const w = q.in_writing!;
  const open = useAct(
    async (key: string) => client.POST("/questions/{id}/opening", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } } }),
    async () => Promise.all(["question", "tasks"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  );
  return (
    <div className={`${styles.note} ${styles.over}`} role="status">
      <p>{t("writing.listed")}</p>
      {w.would_end_at && (
        <p>
          {t("writing.would-end")} <DateTime value={w.would_end_at} zone={fund.zone} />
        </p>
      )}
      {q.may.includes("question.open") && (
        <>
          <ErrorSummary problem={open.problem} />
          <div className={styles.acts}>
            <Button tone="main" busy={open.busy} onClick={() => void open.run()}>
              {t("writing.open")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

/** A later end, by so many days, for a reason that all read. */
function Extending({ question: q }: { question: Question }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped, sent] = useTypedForm(`extend/${q.id}`, { days: "", reason: "" });
  const w = q.in_writing!;
  const extend = useAct(
    async (key: string, body: { days: number; reason: string }) =>
      client.POST("/questions/{id}/extensions", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      await queries.invalidateQueries({ queryKey: ["question"] });
    },
  );
  const wrong = faultsByField(extend.problem);
  return (
    <details className={styles.more}>
      <summary>{t("writing.extend")}</summary>
      <ActForm
        plain
        act={extend}
        names={{ days: t("writing.days"), reason: t("writing.reason") }}
        button={t("writing.extend-do")}
        send={() => void extend.run({ days: Math.trunc(Number(typed.days)) || 0, reason: typed.reason.trim() })}
      >
        <Field
          id="days"
          inputMode="numeric"
          label={t("writing.days")}
          hint={t(w.days_are === "working" ? "writing.days-working" : "writing.days-calendar", { left: w.extension_left })}
          error={wrong.days}
          value={typed.days}
          onChange={(e) => setTyped({ days: e.target.value })}
        />
        <TextField
          id={q.may.includes("position.take") ? "reason-of-extension" : "reason"} // a position has its own
          rows={2}
          label={t("writing.reason")}
          hint={t("writing.reason-hint")}
          error={wrong.reason}
          value={typed.reason}
          onChange={(e) => setTyped({ reason: e.target.value })}
        />
      </ActForm>
    </details>
  );
}

/** What came after the end: kept, and not counted. */
function Late({ question: q, counted, rules }: { question: Question; counted?: Arithmetic; rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const late = (q.positions ?? []).filter((p) => p.late);
  const positions = rules.procedures.find((p) => p.procedure === q.procedure)?.positions ?? [];
  if (late.length === 0) return null;
  return (
    <section className={styles.tight}>
      <h2>{t("writing.late")}</h2>
      <ul className={`${styles.rows} ${styles.card}`}>
        {late.map((p) => (
          <li key={`${p.seat}${p.n}`} className={styles.tight}>
            <span>
              <bdi className={styles.who}>{name(counted?.seats.find((s) => s.seat === p.seat)?.organisation ?? "")}</bdi>{" "}
              <b>{named(positions.find((x) => x.key === p.position)?.name, language, p.position)}</b>
            </span>
            {p.reason && (
              <q className={styles.said} dir="auto">
                {p.reason}
              </q>
            )}
            <span className={styles.quiet}>
              <DateTime value={p.at} zone={fund.zone} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
