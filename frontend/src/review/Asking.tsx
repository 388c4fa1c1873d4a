import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { usePlaces } from "../screening/Finding";
import { PlaceChoice, placeSent } from "../screening/PlaceChoice";
import { Button } from "../ui/Button/Button";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Asked, type Clarifications, type Language, type Thread, took, type Wish } from "./data";
import { Tongue } from "./Tongue";
import { type Said, Words } from "./Words";

/** Asks the applicant, or has the secretariat ask: about a place or the whole, in a language. Closed until it is wanted. */
export function Asking({ p, wish, days }: { p: Asked; wish: boolean; days: number }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const title = t(wish ? "review.wishing" : "review.asking");
  if (!open)
    return (
      <div className={styles.acts}>
        <Button onClick={() => setOpen(true)}>{title}</Button>
      </div>
    );
  return (
    <section className={styles.form} aria-labelledby="asking">
      <h3 id="asking">{title}</h3>
      <p className={styles.quiet}>{wish ? t("review.wishing-lead", { count: days }) : t("review.asking-lead", { count: days })}</p>
      <Question p={p} wish={wish} done={() => setOpen(false)} />
    </section>
  );
}

/** The form of a question; passing is the assessor's wish that it starts from. */
function Question({ p, wish = false, passing, done }: { p: Asked; wish?: boolean; passing?: Wish; done: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const { sections } = usePlaces(p);
  const [{ place, ...said }, change, forget] = useTypedForm(
    passing ? `wish/${passing.id}` : `${wish ? "wish-of" : "question-on"}/${p.id}`,
    {
      place: passing ? passing.field || passing.section : "",
      language: passing?.language ?? (language as Language),
      text: passing?.text ?? "",
    },
  );
  const act = useAct(
    async (key: string, body: Said & { field?: string; section?: string }) => {
      const params = { path: { id: p.id }, header: { "Idempotency-Key": key } };
      if (wish) return (await client.POST("/proposals/{id}/clarification-wishes", { params, body })).data!;
      return (await client.POST("/proposals/{id}/clarifications", { params, body: passing ? { ...body, wish: passing.id } : body })).data!;
    },
    async (file: Clarifications) => {
      await forget();
      toast(t(wish ? "review.wished" : "review.asked"));
      took(queries, p.id, file);
      done();
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      plain
      act={act}
      names={{ text: t("review.question"), language: t("review.language"), section: t("review.about") }}
      button={t(wish ? "review.wish-send" : "review.ask")}
      send={() => void act.run({ ...said, ...placeSent(place) })}
      leave={done}
    >
      <PlaceChoice
        id="section"
        label={t("review.about")}
        none={t("review.whole")}
        error={wrong.section ?? wrong.field}
        sections={sections}
        value={place}
        change={(place) => change({ place })}
      />
      <Tongue id="language" value={said.language} onChange={(language) => change({ language })} />
      <TextField
        id="text"
        label={t("review.question")}
        error={wrong.text}
        value={said.text}
        onChange={(e) => change({ text: e.target.value })}
      />
    </ActForm>
  );
}

/** The next question of a thread, or the open one taken back. */
export function Further({ p, thread: x }: { p: Asked; thread: Thread }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const back = x.may.includes("clarification.withdraw");
  const act = async (key: string, body: Said) => {
    const params = { path: { id: p.id, clarification: x.id }, header: { "Idempotency-Key": key } };
    return (
      back
        ? await client.POST("/proposals/{id}/clarifications/{clarification}/withdrawal", { params, body })
        : await client.POST("/proposals/{id}/clarifications/{clarification}/questions", { params, body })
    ).data!;
  };
  if (!open)
    return (
      <div className={styles.acts}>
        <Button tone="quiet" onClick={() => setOpen(true)}>
          {t(back ? "review.withdraw" : "review.further")}
        </Button>
      </div>
    );
  return (
    <Words
      id={`${back ? "question-withdrawal" : "question-further"}/${x.id}`}
      label={t(back ? "review.withdraw-why" : "review.question")}
      button={t(back ? "review.withdraw" : "review.ask")}
      act={act}
      then={(file: Clarifications) => {
        setOpen(false);
        took(queries, p.id, file);
      }}
      leave={() => setOpen(false)}
    />
  );
}

/** An assessor's wish: passed on in the secretariat's words, or refused with a reason. */
export function Passing({ p, wish }: { p: Asked; wish: Wish }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [how, setHow] = useState<"pass" | "refuse" | undefined>();
  const close = () => setHow(undefined);
  if (how === "pass") return <Question p={p} passing={wish} done={close} />;
  if (how === "refuse")
    return (
      <Words
        id={`wish-refusal/${wish.id}`}
        label={t("review.refuse-why")}
        button={t("review.refuse")}
        field="reason"
        act={async (key, body) =>
          (
            await client.POST("/proposals/{id}/clarification-wishes/{wish}/refusal", {
              params: { path: { id: p.id, wish: wish.id }, header: { "Idempotency-Key": key } },
              body: { reason: body.text },
            })
          ).data!
        }
        then={(file: Clarifications) => took(queries, p.id, file)}
        leave={close}
      />
    );
  return (
    <div className={styles.acts}>
      <Button tone="main" onClick={() => setHow("pass")}>
        {t("review.pass")}
      </Button>
      <Button onClick={() => setHow("refuse")}>{t("review.refuse")}</Button>
    </div>
  );
}
