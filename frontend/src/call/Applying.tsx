import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Call, inLanguage } from "./call";

/** Can I apply? The call's questions, answered before anything is written, and the way in. */
export function Applying({ call: c }: { call: Call }) {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [answers, setAnswers] = useState<Record<string, boolean>>({});
  const start = useAct(
    async (key: string, eligibility: Record<string, boolean>) =>
      (
        await client.POST("/calls/{id}/proposals", {
          params: { path: { id: c.id }, header: { "Idempotency-Key": key } },
          body: { language: c.languages.includes(language as never) ? language : c.languages[0]!, eligibility },
        })
      ).data!,
    (made) => {
      queries.setQueryData(["proposal", made.id], made);
      void queries.invalidateQueries({ queryKey: ["proposals"] });
      go(`/proposals/${made.id}`);
    },
  );
  const questions = c.words.eligibility;
  // As soon as it is answered one is told; the server asks again.
  const out = (q: (typeof questions)[number]) => answers[q.key!] !== undefined && answers[q.key!] !== q.qualifies;
  const wrong = faultsByField(start.problem);
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void start.run(answers);
      }}
    >
      <h2>{t("apply.title")}</h2>
      <ErrorSummary
        problem={start.problem}
        names={Object.fromEntries(questions.map((q) => [`eligibility-${q.key}`, inLanguage(q.question, language, c.words.language).text]))}
      />
      {questions.length > 0 && <p className={styles.quiet}>{t("apply.lead")}</p>}
      {questions.map((q) => {
        const asked = inLanguage(q.question, language, c.words.language);
        const why = inLanguage(q.why, language, c.words.language);
        return (
          <div key={q.key} className={styles.tight}>
            <Radios
              id={`eligibility-${q.key}`}
              label={
                <bdi lang={asked.lang} dir="auto">
                  {asked.text}
                </bdi>
              }
              error={out(q) ? undefined : wrong[`eligibility-${q.key}`]}
              value={answers[q.key!] === undefined ? undefined : answers[q.key!] ? "yes" : "no"}
              onChange={(v: "yes" | "no") => setAnswers({ ...answers, [q.key!]: v === "yes" })}
              options={[
                { value: "yes", label: t("callpage.yes") },
                { value: "no", label: t("callpage.no") },
              ]}
            />
            {out(q) && (
              <p role="status" className={styles.note}>
                <b>{t("apply.out")}</b>
                <span lang={why.lang} dir="auto">
                  {why.text}
                </span>
              </p>
            )}
          </div>
        );
      })}
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={start.busy} disabled={questions.some(out)}>
          {t("callpage.start")}
        </Button>
      </div>
    </form>
  );
}
