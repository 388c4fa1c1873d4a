import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import { useKept } from "../draft/useKept";
import { useSession } from "../shell/session";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type AdviceRequest, type AdviceWord, adviceWords, type Language } from "./data";
import { Tongue } from "./Tongue";
import { Words } from "./Words";

type Content = { recommendation: AdviceWord; language: Language; text: string };

/** The expert's advice, kept here while it is written and given once; or why there is none. */
export default function GiveAdvice({ request }: { request: AdviceRequest }) {
  const { data: session } = useSession();
  return session ? <Form r={request} person={session.person.id} /> : null;
}

function Form({ r, person }: { r: AdviceRequest; person: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [declining, setDeclining] = useState(false);
  const draft = useKept<Content>(person, `advice/${r.id}`, { recommendation: "", language: language as Language, text: "" });
  const done = async (now: AdviceRequest) => {
    await draft.done();
    queries.setQueryData(["advice", r.id], now);
    await Promise.all([["advice"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const give = useAct(
    async (key: string, body: Content) =>
      (await client.POST("/advice-requests/{id}/advice", { params: { path: { id: r.id }, header: { "Idempotency-Key": key } }, body }))
        .data!,
    async (now: AdviceRequest) => {
      toast(t("advice.given"));
      await done(now);
    },
  );
  const wrong = faultsByField(give.problem);
  const change = (part: Partial<Content>) => draft.change({ ...draft.value, ...part });
  if (declining)
    return (
      <section className={styles.card}>
        <h2>{t("advice.decline")}</h2>
        <Words
          id={`advice-declining/${r.id}`}
          label={t("advice.decline-why")}
          button={t("advice.decline")}
          act={async (key, body) =>
            (
              await client.POST("/advice-requests/{id}/declining", {
                params: { path: { id: r.id }, header: { "Idempotency-Key": key } },
                body,
              })
            ).data!
          }
          then={done}
          leave={() => setDeclining(false)}
        />
      </section>
    );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void give.run(draft.value);
      }}
    >
      <h2>{t("advice.yours")}</h2>
      <ErrorSummary
        problem={give.problem}
        names={{ text: t("advice.text"), recommendation: t("advice.word"), language: t("review.language") }}
      />
      <TextField
        id="text"
        rows={10}
        label={t("advice.text")}
        error={wrong.text}
        value={draft.value.text}
        onChange={(e) => change({ text: e.target.value })}
      />
      <Tongue id="language" value={draft.value.language} onChange={(language) => change({ language })} />
      <Radios
        id="recommendation"
        label={t("advice.word")}
        hint={t("advice.word-hint")}
        error={wrong.recommendation}
        value={draft.value.recommendation}
        onChange={(recommendation) => change({ recommendation })}
        options={adviceWords.map((word) => ({ value: word, label: t(word ? `advice.word.${word}` : "advice.word.none") }))}
      />
      <SavingLine saving={draft.saving} />
      <p className={styles.quiet}>{t("advice.once")}</p>
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={give.busy}>
          {t("advice.give")}
        </Button>
        <Button onClick={() => setDeclining(true)}>{t("advice.decline")}</Button>
      </div>
    </form>
  );
}
