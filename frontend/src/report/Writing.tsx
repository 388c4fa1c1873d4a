import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { client } from "../api/client";
import { faultsByField, fieldId, type Problem } from "../api/problem";
import { useAct } from "../api/useAct";
import { Attachments } from "../attachment/lazy";
import { merge } from "../draft/merge";
import { SavingLine } from "../draft/SavingLine";
import { useDraft } from "../draft/useDraft";
import type { Around } from "../proposal/answers/Fields";
import styles from "../proposal/Proposal.module.css";
import { named, type ProposalForm } from "../proposal/proposal";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { isLanguage, languages, useWords } from "../words/i18n";
import {
  type Content,
  contentOf,
  type Indicator,
  type OutputState,
  outputStates,
  type Reached,
  type Report,
  readReport,
  saveReport,
} from "./data";
import { Progress } from "./Progress";
import own from "./report.module.css";

const AnswerField = lazy(async () => ({ default: (await import("../proposal/answers/Fields")).AnswerField }));
const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Content> }));

type Props = { programme: string; report: Report; form: ProposalForm; person: string; onSubmitted: () => void };

/** A report being written: kept as one goes, handed in when nothing lacks. */
export default function Writing({ programme, report, form, person, onSubmitted }: Props) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const at = { programme, key: report.key, language };
  const draft = useDraft<Content>({
    id: `programmes/${programme}/reports/${report.key}`,
    person,
    server: { value: contentOf(report), version: report.version },
    merge: async () => (base, mine, theirs) => {
      const both = merge(base, mine, theirs, 2);
      return both.clash ? null : both.mine;
    },
    put: (value, version) => saveReport(queries, at, value, version),
    read: async () => {
      const now = await readReport(programme, report.key);
      return { value: contentOf(now), version: now.version };
    },
  });
  const submit = useAct(
    async (key: string) =>
      client.POST("/programmes/{id}/reports/{key}/submission", {
        params: { path: { id: programme, key: report.key }, header: { "Idempotency-Key": key } },
      }),
    async () => {
      toast(t("report.submitted"));
      await Promise.all([["reports"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
      onSubmitted();
    },
  );
  const problem: Problem | null = draft.saving.state === "refused" ? draft.saving.problem : submit.problem;
  const errors = faultsByField(problem);
  const v = draft.value;
  const answer = (key: string, value: unknown) =>
    draft.change((c) => {
      const { [key]: _, ...rest } = c.answers;
      return { ...c, answers: value === undefined ? rest : { ...rest, [key]: value } };
    });
  const around: Around = {
    form,
    answers: v.answers,
    written: v.language,
    errors,
    participants: [],
    signatories: [],
    currency: "",
  };
  const outputs = report.framework.flatMap((o) => o.outputs);
  const names: Record<string, string> = {
    language: t("report.language"),
    attachments: t("report.files"),
    ...Object.fromEntries(form.sections.flatMap((x) => x.fields).map((f) => [`answers-${f.key}`, named(f.label, language)])),
    ...Object.fromEntries(
      outputs.flatMap((o) => [
        [fieldId(`/outputs/${o.code}`), t("output.of", { code: o.code })],
        ...o.indicators.flatMap((i) => [
          [fieldId(`/results/${i.key}/value`), t("results.value-of", { name: i.name })],
          [fieldId(`/results/${i.key}/note`), t("results.note-of", { name: i.name })],
        ]),
      ]),
    ),
  };
  const reach = (key: string, part: Partial<Reached>) =>
    draft.change((c) => ({ ...c, results: { ...c.results, [key]: { value: "", note: "", ...c.results[key], ...part } } }));
  const put = (code: string, state: OutputState) => draft.change((c) => ({ ...c, outputs: { ...c.outputs, [code]: state } }));
  return (
    <div className={styles.form}>
      <ErrorSummary problem={problem} names={names} />
      <div className={`${styles.sheet} ${styles.form}`}>
        <Choice
          id="language"
          label={t("report.language")}
          error={errors.language}
          value={v.language}
          onChange={(e) => draft.change((c) => ({ ...c, language: e.target.value }))}
        >
          {Object.keys(languages).map((code) => (
            <option key={code} value={code} lang={code}>
              {isLanguage(code) ? languages[code] : code}
            </option>
          ))}
        </Choice>
      </div>
      {form.sections.map((s) => (
        <section key={s.key} className={`${styles.sheet} ${styles.form}`} aria-labelledby={`section-${s.key}`}>
          <h2 id={`section-${s.key}`}>{named(s.title, language)}</h2>
          <p className={styles.quiet}>{named(s.lead, language)}</p>
          <Suspense fallback={<Waiting />}>
            {s.fields.map((f) =>
              f.kind === "part" ? (
                <ResultsWritten key={f.key} report={report} value={v} errors={errors} reach={reach} put={put} />
              ) : (
                <AnswerField
                  key={f.key}
                  field={f}
                  id={`answers-${f.key}`}
                  value={v.answers[f.key]}
                  set={(value) => answer(f.key, value)}
                  around={around}
                />
              ),
            )}
          </Suspense>
        </section>
      ))}
      {report.id && (
        <section id="attachments" tabIndex={-1} className={styles.sheet}>
          <Suspense fallback={<Waiting />}>
            <Attachments kind="report" subject={report.id} heading />
          </Suspense>
        </section>
      )}
      <SavingLine saving={draft.saving} />
      <p className={styles.quiet}>{report.lacks.length > 0 ? t("report.lacks", { count: report.lacks.length }) : t("report.complete")}</p>
      <div className={styles.buttons}>
        <Button
          tone="main"
          busy={submit.busy}
          onClick={async () => {
            await draft.save();
            await submit.run();
          }}
        >
          {t("report.submit")}
        </Button>
      </div>
      {draft.conflict && (
        <Suspense>
          <Conflict
            mine={draft.conflict.mine}
            theirs={draft.conflict.theirs.value}
            onSettle={draft.settle}
            fields={[
              { key: "language", label: t("report.language"), text: (c) => c.language },
              { key: "results", label: t("results.title"), text: (c) => lines(c.results, (x) => `${x.value} ${x.note}`) },
              { key: "outputs", label: t("output.title"), text: (c) => lines(c.outputs, (x) => t(`output.${x}`)) },
              {
                key: "answers",
                label: t("report.said"),
                text: (c) => lines(c.answers, (x) => (typeof x === "string" ? x : JSON.stringify(x))),
              },
            ]}
          />
        </Suspense>
      )}
    </div>
  );
}

const lines = <T,>(of: Record<string, T>, say: (x: T) => string) =>
  Object.entries(of)
    .map(([key, x]) => `${key}: ${say(x)}`)
    .join("\n");

type Written = {
  report: Report;
  value: Content;
  errors: Record<string, string>;
  reach: (key: string, part: Partial<Reached>) => void;
  put: (code: string, state: OutputState) => void;
};

/** Output by output: how far it is, and what each of its indicators has come to. */
function ResultsWritten({ report, value, errors, reach, put }: Written) {
  const { t } = useWords();
  if (report.framework.length === 0) return <p className={styles.quiet}>{t("results.none")}</p>;
  return report.framework.flatMap((outcome) =>
    outcome.outputs.map((o) => {
      const id = fieldId(`/outputs/${o.code}`);
      return (
        <fieldset key={o.code} className={own.output}>
          <legend>
            <bdi>{o.code}</bdi> <bdi dir="auto">{o.title}</bdi>
          </legend>
          <Choice
            id={id}
            label={t("output.state")}
            error={errors[id]}
            value={value.outputs[o.code] ?? ""}
            onChange={(e) => put(o.code, e.target.value as OutputState)}
          >
            {!value.outputs[o.code] && <option value="">{t("output.choose")}</option>}
            {outputStates.map((s) => (
              <option key={s} value={s}>
                {t(`output.${s}`)}
              </option>
            ))}
          </Choice>
          {o.indicators.map((i) => (
            <IndicatorWritten
              key={i.key}
              of={i}
              value={value.results[i.key]}
              lang={value.language}
              errors={errors}
              set={(part) => reach(i.key, part)}
            />
          ))}
        </fieldset>
      );
    }),
  );
}

type One = {
  of: Indicator;
  value: Reached | undefined;
  lang: string;
  errors: Record<string, string>;
  set: (part: Partial<Reached>) => void;
};

function IndicatorWritten({ of: i, value, lang, errors, set }: One) {
  const { t } = useWords();
  const [figure, note] = [fieldId(`/results/${i.key}/value`), fieldId(`/results/${i.key}/note`)];
  return (
    <div className={own.indicator}>
      <p className={own.name} dir="auto">
        {i.name}
      </p>
      <p className={own.figures}>
        <span>
          {t("results.baseline-in", { year: i.baseline_year })} <b dir="ltr">{i.baseline || "–"}</b>
        </span>
        <span>
          {i.target_year > 0 ? t("results.target-in", { n: i.target_year }) : t("results.target")} <b dir="ltr">{i.target || "–"}</b>
        </span>
        <span>
          {t("results.progress")}{" "}
          <b>
            <Progress of={i} />
          </b>
        </span>
      </p>
      <Field
        id={figure}
        label={t("results.value-of", { name: i.name })}
        inputMode="decimal"
        dir="ltr"
        error={errors[figure]}
        value={value?.value ?? ""}
        onChange={(e) => set({ value: e.target.value.trim() })}
      />
      <TextField
        id={note}
        label={t("results.note-of", { name: i.name })}
        hint={t("results.note-hint")}
        rows={2}
        optional
        lang={lang}
        error={errors[note]}
        value={value?.note ?? ""}
        onChange={(e) => set({ note: e.target.value })}
      />
    </div>
  );
}
