import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import type { Question } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Remark, useThread } from "./data";

/** What members ask about a question in writing, each with its answers. It stops no clock. */
export default function Thread({ question: q }: { question: Question }) {
  const { t } = useWords();
  const said = useThread(q.id);
  const thread = said.data ?? [];
  const [answering, setAnswering] = useState<number | null>(null);
  const speaks = q.may.includes("question.remark");
  if (said.isError && !speaks) return null; // who may not read what members say
  return (
    <section className={styles.tight} aria-labelledby="thread">
      <h2 id="thread">{t("writing.thread")}</h2>
      {thread.length === 0 && <p className={styles.quiet}>{t(speaks ? "writing.thread-empty" : "writing.thread-none")}</p>}
      {thread.length > 0 && (
        <ol className={`${styles.rows} ${styles.card}`}>
          {thread
            .filter((r) => !r.answers)
            .map((r) => (
              <li key={r.n} className={styles.tight}>
                <Said of={r} />
                {thread
                  .filter((a) => a.answers === r.n)
                  .map((a) => (
                    <blockquote key={a.n}>
                      <Said of={a} />
                    </blockquote>
                  ))}
                {speaks &&
                  (answering === r.n ? (
                    <Saying question={q} answers={r.n} done={() => setAnswering(null)} />
                  ) : (
                    <div className={styles.acts}>
                      <Button onClick={() => setAnswering(r.n)}>
                        {t("writing.answer")} <span className="unseen">{r.n}</span>
                      </Button>
                    </div>
                  ))}
              </li>
            ))}
        </ol>
      )}
      {speaks && answering === null && <Saying question={q} />}
    </section>
  );
}

function Said({ of: r }: { of: Remark }) {
  const { name } = useNames();
  return (
    <>
      <p className={styles.text} lang={r.language} dir="auto">
        {r.text}
      </p>
      <p className={styles.quiet}>
        <bdi>{r.by}</bdi> · <bdi>{name(r.organisation)}</bdi> · <DateTime value={r.at} zone={fund.zone} />
      </p>
    </>
  );
}

function Saying({ question: q, answers, done }: { question: Question; answers?: number; done?: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [text, setText, sent] = useTyped(`remark/${q.id}/${answers ?? 0}`, "");
  const say = useAct(
    async (key: string, body: { text: string; language: string; answers?: number }) =>
      client.POST("/questions/{id}/thread", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      setText("");
      await queries.invalidateQueries({ queryKey: ["question", q.id, "thread"] });
      done?.();
    },
  );
  return (
    <ActForm
      plain
      act={say}
      names={{ text: t(answers ? "writing.answer" : "writing.ask") }}
      button={t(answers ? "writing.answer-send" : "writing.ask-send")}
      tone="plain"
      leave={done}
      send={() => void say.run({ text: text.trim(), language, ...(answers ? { answers } : {}) })}
    >
      <TextField
        id="text"
        rows={3}
        label={t(answers ? "writing.answer" : "writing.ask")}
        hint={t("writing.ask-hint")}
        error={faultsByField(say.problem).text}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    </ActForm>
  );
}
