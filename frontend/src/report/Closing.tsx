import { Suspense, useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { Attachments } from "../attachment/lazy";
import styles from "../decision/decision.module.css";
import { useTyped, useTypedForm } from "../draft/useTyped";
import { Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { FollowUps } from "./FollowUps";
import { useDone } from "./useDone";

await bringArea("life");

type Reporting = components["schemas"]["Reporting"];
type Evaluation = components["schemas"]["Evaluation"];
type Answer = components["schemas"]["ManagementAnswerRequest"];
type Props = { reporting: Reporting };

/** How a programme is brought to its end: what was found of it, and the acts of closing that are the reader's. */
export default function Closing({ reporting }: Props) {
  const { evaluation, may } = reporting;
  return (
    <>
      {evaluation && <EvaluationSaid programme={reporting.programme.id} of={evaluation} />}
      {evaluation && may.includes("evaluation.respond") && <Responding reporting={reporting} of={evaluation} />}
      {may.includes("evaluation.register") && <Registering reporting={reporting} />}
      {may.includes("programme.close-operations") && <Operations reporting={reporting} />}
      {may.includes("programme.close-books") && <Books reporting={reporting} />}
    </>
  );
}

const params = (reporting: Reporting, key: string) => ({ path: { id: reporting.programme.id }, header: { "Idempotency-Key": key } });

function EvaluationSaid({ programme, of: e }: { programme: string; of: Evaluation }) {
  const { t } = useWords();
  const [open, setOpen] = useState(0);
  return (
    <section className={styles.card}>
      <h2 dir="auto" lang={e.language}>
        {e.title}
      </h2>
      <p className={styles.quiet}>
        <bdi dir="auto">{e.evaluator}</bdi>, <Day value={e.completed_on} />
      </p>
      <p className={styles.text} dir="auto" lang={e.language}>
        {e.findings}
      </p>
      <Suspense fallback={<Waiting />}>
        <Attachments kind="evaluation" subject={e.id} heading />
      </Suspense>
      {e.recommendations.length > 0 && <h3>{t("evaluation.recommendations")}</h3>}
      <ol>
        {e.recommendations.map((r, i) => (
          <li key={i}>
            <p dir="auto" lang={e.language}>
              {r.text}
            </p>
            {r.answer && (
              <p>
                <Tag tone={r.answer.uptake === "rejected" ? "warn" : "good"}>{t(`uptake.${r.answer.uptake as Uptake}`)}</Tag>{" "}
                <bdi dir="auto">
                  {r.answer.reason} {r.answer.action}
                </bdi>
              </p>
            )}
            <FollowUps programme={programme} n={i + 1} of={r} open={open === i + 1} show={setOpen} />
          </li>
        ))}
      </ol>
      {!e.answered_at && (
        <p className={styles.quiet}>
          {t("evaluation.awaited")} <Day value={e.response_due_on} />
        </p>
      )}
    </section>
  );
}

const uptakes = ["accepted", "partly-accepted", "rejected"] as const;
type Uptake = (typeof uptakes)[number];

function Responding({ reporting, of: e }: Props & { of: Evaluation }) {
  const { t } = useWords();
  const { short } = useNames();
  const [answers, setAnswers, sent] = useTyped<Answer[]>(
    `response/${reporting.programme.id}`,
    e.recommendations.map(() => ({ uptake: "", reason: "", action: "", due_on: "", organisation: null })),
  );
  const done = useDone("evaluation.answered", sent);
  const respond = useAct(
    async (key: string, body: { answers: Answer[] }) =>
      client.POST("/programmes/{id}/evaluation/response", { params: params(reporting, key), body }),
    done,
  );
  const wrong = faultsByField(respond.problem);
  const set = (at: number, part: Partial<Answer>) => setAnswers((all) => all.map((x, i) => (i === at ? { ...x, ...part } : x)));
  const name = (i: number) => t("evaluation.recommendation", { n: i + 1 });
  return (
    <form className={styles.form} noValidate onSubmit={(e) => e.preventDefault()}>
      <h2>{t("evaluation.respond")}</h2>
      <ErrorSummary
        problem={respond.problem}
        names={Object.fromEntries(
          answers.flatMap((_, i) =>
            ["uptake", "reason", "action", "due_on", "organisation"].map((part) => [`answers-${i}-${part}`, name(i)]),
          ),
        )}
      />
      {e.recommendations.map((r, i) => (
        <fieldset key={i} className={styles.checks}>
          <legend className={styles.who}>
            {name(i)}: <bdi dir="auto">{r.text}</bdi>
          </legend>
          <Choice
            id={`answers-${i}-uptake`}
            label={t("evaluation.uptake")}
            error={wrong[`answers-${i}-uptake`]}
            value={answers[i]!.uptake}
            onChange={(x) => set(i, { uptake: x.target.value })}
          >
            <option value="">{t("output.choose")}</option>
            {uptakes.map((u) => (
              <option key={u} value={u}>
                {t(`uptake.${u}`)}
              </option>
            ))}
          </Choice>
          <TextField
            id={`answers-${i}-reason`}
            label={t("evaluation.reason")}
            rows={2}
            optional={answers[i]!.uptake === "accepted"}
            error={wrong[`answers-${i}-reason`]}
            value={answers[i]!.reason}
            onChange={(x) => set(i, { reason: x.target.value })}
          />
          {answers[i]!.uptake !== "rejected" && (
            <>
              <TextField
                id={`answers-${i}-action`}
                label={t("evaluation.action")}
                rows={2}
                error={wrong[`answers-${i}-action`]}
                value={answers[i]!.action}
                onChange={(x) => set(i, { action: x.target.value })}
              />
              <Field
                id={`answers-${i}-due_on`}
                type="date"
                dir="ltr"
                label={t("evaluation.by")}
                error={wrong[`answers-${i}-due_on`]}
                value={answers[i]!.due_on}
                onChange={(x) => set(i, { due_on: x.target.value })}
              />
              <Choice
                id={`answers-${i}-organisation`}
                label={t("evaluation.doer")}
                error={wrong[`answers-${i}-organisation`]}
                value={answers[i]!.organisation ?? ""}
                onChange={(x) => set(i, { organisation: x.target.value || null })}
              >
                <option value="">{t("evaluation.doer-convener")}</option>
                {reporting.statements.map((s) => (
                  <option key={s.organisation} value={s.organisation}>
                    {short(s.code)}
                  </option>
                ))}
              </Choice>
            </>
          )}
        </fieldset>
      ))}
      <div className={styles.acts}>
        <Button tone="main" busy={respond.busy} onClick={() => void respond.run({ answers })}>
          {t("evaluation.send")}
        </Button>
      </div>
    </form>
  );
}

function Registering({ reporting }: Props) {
  const { t, language } = useWords();
  const [e, setE, sent] = useTyped(`evaluation/${reporting.programme.id}`, {
    title: "",
    evaluator: "",
    language: language as string,
    completed_on: "",
    findings: "",
    recommendations: "",
  });
  const done = useDone("evaluation.registered", sent);
  const register = useAct(
    async (key: string, body: components["schemas"]["EvaluationRequest"]) =>
      client.POST("/programmes/{id}/evaluation", { params: params(reporting, key), body }),
    done,
  );
  const wrong = faultsByField(register.problem);
  const set = (part: Partial<typeof e>) => setE((was) => ({ ...was, ...part }));
  const recommendations = e.recommendations.split("\n").filter((line) => line.trim() !== "");
  return (
    <details className={styles.more}>
      <summary>{t("evaluation.register")}</summary>
      <form className={styles.form} noValidate onSubmit={(x) => x.preventDefault()}>
        <ErrorSummary
          problem={register.problem}
          names={{
            title: t("evaluation.title"),
            evaluator: t("evaluation.evaluator"),
            completed_on: t("evaluation.completed"),
            findings: t("evaluation.findings"),
          }}
        />
        <Field
          id="title"
          label={t("evaluation.title")}
          error={wrong.title}
          value={e.title}
          onChange={(x) => set({ title: x.target.value })}
        />
        <Field
          id="evaluator"
          label={t("evaluation.evaluator")}
          error={wrong.evaluator}
          value={e.evaluator}
          onChange={(x) => set({ evaluator: x.target.value })}
        />
        <Choice id="language" label={t("report.language")} value={e.language} onChange={(x) => set({ language: x.target.value })}>
          <LanguageOptions />
        </Choice>
        <Field
          id="completed_on"
          type="date"
          dir="ltr"
          label={t("evaluation.completed")}
          error={wrong.completed_on}
          value={e.completed_on}
          onChange={(x) => set({ completed_on: x.target.value })}
        />
        <TextField
          id="findings"
          label={t("evaluation.findings")}
          rows={8}
          error={wrong.findings}
          value={e.findings}
          onChange={(x) => set({ findings: x.target.value })}
        />
        <TextField
          id="recommendations"
          label={t("evaluation.recommendations")}
          hint={t("evaluation.recommendations-hint")}
          rows={5}
          value={e.recommendations}
          onChange={(x) => set({ recommendations: x.target.value })}
        />
        <div className={styles.acts}>
          <Button tone="main" busy={register.busy} onClick={() => void register.run({ ...e, recommendations })}>
            {t("evaluation.record")}
          </Button>
        </div>
      </form>
    </details>
  );
}

function Operations({ reporting }: Props) {
  const { t } = useWords();
  const [typed, setTyped, sent] = useTypedForm(`operations/${reporting.programme.id}`, { day: "", reason: "" });
  const { day, reason } = typed;
  const setDay = (day: typeof typed.day) => setTyped({ day });
  const setReason = (reason: typeof typed.reason) => setTyped({ reason });
  const done = useDone("closing.operations-done", sent);
  const close = useAct(
    async (key: string, body: { closed_on: string; reason: string }) =>
      client.POST("/programmes/{id}/operational-closure", { params: params(reporting, key), body }),
    done,
  );
  const wrong = faultsByField(close.problem);
  return (
    <form className={styles.form} noValidate onSubmit={(x) => x.preventDefault()}>
      <h2>{t("closing.operations")}</h2>
      <p>{t("closing.operations-lead")}</p>
      <ErrorSummary problem={close.problem} names={{ closed_on: t("closing.day"), reason: t("closing.note") }} />
      <Field
        id="closed_on"
        type="date"
        dir="ltr"
        optional
        label={t("closing.day")}
        error={wrong.closed_on}
        value={day}
        onChange={(x) => setDay(x.target.value)}
      />
      <TextField
        id="reason"
        optional
        rows={2}
        label={t("closing.note")}
        error={wrong.reason}
        value={reason}
        onChange={(x) => setReason(x.target.value)}
      />
      <div className={styles.acts}>
        <Button tone="main" busy={close.busy} onClick={() => void close.run({ closed_on: day, reason })}>
          {t("closing.operations-do")}
        </Button>
      </div>
    </form>
  );
}

function Books({ reporting }: Props) {
  const { t } = useWords();
  const { short } = useNames();
  const [statements, setStatements, sent] = useTyped<Record<string, string>>(`books/${reporting.programme.id}`, {});
  const done = useDone("closing.books-done", sent);
  const close = useAct(
    async (key: string, body: { statements: Record<string, string>; reason: string }) =>
      client.POST("/programmes/{id}/financial-closure", { params: params(reporting, key), body }),
    done,
  );
  const wrong = faultsByField(close.problem);
  return (
    <form className={styles.form} noValidate onSubmit={(x) => x.preventDefault()}>
      <h2>{t("closing.books")}</h2>
      <p>{t("closing.books-lead")}</p>
      <ErrorSummary
        problem={close.problem}
        names={Object.fromEntries(
          reporting.statements.map((s) => [`statements-${s.code}`, t("closing.statement", { code: short(s.code) })]),
        )}
      />
      {reporting.statements.map((s) => (
        <Field
          key={s.code}
          id={`statements-${s.code}`}
          label={t("closing.statement", { code: short(s.code) })}
          error={wrong[`statements-${s.code}`]}
          value={statements[s.code] ?? ""}
          onChange={(x) => setStatements((all) => ({ ...all, [s.code]: x.target.value }))}
        />
      ))}
      <div className={styles.acts}>
        <Button tone="danger" busy={close.busy} onClick={() => void close.run({ statements, reason: "" })}>
          {t("closing.books-do")}
        </Button>
      </div>
    </form>
  );
}
