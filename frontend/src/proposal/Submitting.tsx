import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { client, newKey } from "../api/client";
import { fieldId, type Problem, Refused, sentence, Unreached } from "../api/problem";
import { Attachments } from "../attachment/lazy";
import type { Saving } from "../draft/useDraft";
import { Amount } from "../money/Amount";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { type Say, useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import {
  type Content,
  type FormField,
  named,
  type Organisation,
  type Proposal,
  type ProposalForm,
  placeOfFault,
  proposalKey,
  type Rules,
  taskOf,
  tasksOf,
  titleOf,
  useLacks,
} from "./proposal";
import { Reading } from "./Reading";
import own from "./Task.module.css";

/** The last task: everything that is missing at once, each a way to its field; or the text once more, and the act. */
export function Submitting({
  p,
  content,
  form,
  rules,
  organisations,
  names,
  flush,
  saving,
}: {
  p: Proposal;
  content: Content;
  form: ProposalForm;
  rules: Rules;
  organisations: Organisation[];
  names: Record<string, string>;
  flush: () => Promise<void>;
  saving: Saving;
}) {
  const { t, language } = useWords();
  const lacks = useLacks(p.id, language);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key] = useState(newKey);
  const submit = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await flush();
      await client.POST("/proposals/{id}/submission", { params: { path: { id: p.id }, header: { "Idempotency-Key": key } } });
      for (const k of ["tasks", "proposals"]) void queries.invalidateQueries({ queryKey: [k] });
      await queries.fetchQuery({
        queryKey: proposalKey(p.id),
        queryFn: async () => (await client.GET("/proposals/{id}", { params: { path: { id: p.id } } })).data as Proposal,
      });
      go(`/proposals/${p.id}/receipt`);
    } catch (e) {
      // A submission is never queued: it happens now, or it says that it did not.
      if (e instanceof Refused) setProblem(e.problem);
      else if (e instanceof Unreached) setProblem({ type: "", code: "no-line", title: t("shell.no-line"), status: 0 } as Problem);
      else throw e;
      void lacks.refetch();
    } finally {
      setBusy(false);
    }
  };
  const unsaved = saving.state !== "unchanged" && saving.state !== "sent";
  if (lacks.isPending) return <Waiting />;
  const missing = lacks.data?.lacks ?? [];
  return (
    <>
      <ErrorSummary problem={problem} names={names} />
      {missing.length > 0 ? (
        <section className={`${styles.banner} ${own.missing}`}>
          <h2>{t("submit.missing", { count: missing.length })}</h2>
          {tasksOf(form)
            .map((task) => [task, missing.filter((f) => taskOf(f) === task)] as const)
            .filter(([, faults]) => faults.length > 0)
            .map(([task, faults]) => (
              <section key={task}>
                {task !== "check" && <h3>{titleOf(form, task, t, language)}</h3>}
                <ul className={styles.notes}>
                  {faults.map((f, i) => {
                    const name =
                      f.field && f.code !== "not-endorsed"
                        ? (names[fieldId(f.field)] ?? nameOfAnswer(form, f.field, t, language))
                        : undefined;
                    const text = name ? t("error.named", { field: name, sentence: sentence(f) }) : sentence(f);
                    return <li key={i}>{f.field ? <Link href={placeOfFault(p.id, f)}>{text}</Link> : text}</li>;
                  })}
                </ul>
              </section>
            ))}
        </section>
      ) : (
        <section className={`${styles.banner} ${styles.calm}`}>
          <h2>{t("submit.ready")}</h2>
          <p>
            {t("submit.what")} <Amount value={p.amount.amount} currency={p.amount.currency} strong />
          </p>
          <p>{t("submit.after")}</p>
          <div className={styles.buttons}>
            <Button tone="main" busy={busy} disabled={unsaved} onClick={() => void submit()}>
              {t("submit.do")}
            </Button>
            {unsaved && <span className={styles.quiet}>{t("submit.unsaved")}</span>}
          </div>
        </section>
      )}
      <Reading content={content} form={form} rules={rules} organisations={organisations} />
      <div className={styles.sheet}>
        <Attachments kind="proposal" subject={p.id} heading />
      </div>
    </>
  );
}

/** What the field of an answer is called, with the records that it stands in: "Outcome 1, Output 2: Indicators". */
function nameOfAnswer(form: ProposalForm, pointer: string, t: Say, language: string): string | undefined {
  const [root, ...steps] = pointer.replace(/^\//, "").split("/");
  if (root !== "answers") return undefined;
  let fields: FormField[] = form.sections.flatMap((s) => s.fields);
  let field: FormField | undefined;
  const records: string[] = [];
  let name = "";
  for (const step of steps) {
    if (/^\d+$/.test(step) && field) {
      if (field.kind !== "list") break;
      records.push(t("form.record", { row: named(field.row ?? field.label, language), n: Number(step) + 1 }));
      fields = field.fields ?? [];
      field = undefined;
      name = "";
    } else {
      field = fields.find((f) => f.key === step);
      if (!field) break;
      name = named(field.label, language);
    }
  }
  const within = records.join(", ");
  return within && name ? t("error.named", { field: within, sentence: name }) : within || name || undefined;
}
