import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { usePlaces } from "../screening/Finding";
import { PlaceChoice, placeSent } from "../screening/PlaceChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
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
  const [place, setPlace] = useState(passing ? passing.field || passing.section : "");
  const [said, setSaid] = useState<Said>({ language: passing?.language ?? (language as Language), text: passing?.text ?? "" });
  const act = useAct(
    async (key: string, body: Said & { field?: string; section?: string }) => {
      const params = { path: { id: p.id }, header: { "Idempotency-Key": key } };
      if (wish) return (await client.POST("/proposals/{id}/clarification-wishes", { params, body })).data!;
      return (await client.POST("/proposals/{id}/clarifications", { params, body: passing ? { ...body, wish: passing.id } : body })).data!;
    },
    (file: Clarifications) => {
      toast(t(wish ? "review.wished" : "review.asked"));
      took(queries, p.id, file);
      done();
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void act.run({ ...said, ...placeSent(place) });
      }}
    >
      <ErrorSummary
        problem={act.problem}
        names={{ text: t("review.question"), language: t("review.language"), section: t("review.about") }}
      />
      <PlaceChoice
        id="section"
        label={t("review.about")}
        none={t("review.whole")}
        error={wrong.section ?? wrong.field}
        sections={sections}
        value={place}
        change={setPlace}
      />
      <Tongue id="language" value={said.language} onChange={(language) => setSaid({ ...said, language })} />
      <TextField
        id="text"
        label={t("review.question")}
        error={wrong.text}
        value={said.text}
        onChange={(e) => setSaid({ ...said, text: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={act.busy}>
          {t(wish ? "review.wish-send" : "review.ask")}
        </Button>
        <Button onClick={done}>{t("dialog.cancel")}</Button>
      </div>
    </form>
  );
}

/** The next question of a thread, or the open one taken back. */
export function Further({ p, thread: x }: { p: Asked; thread: Thread }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const back = x.may.includes("clarification.withdraw");
  const act = useAct(
    async (key: string, body: Said) => {
      const params = { path: { id: p.id, clarification: x.id }, header: { "Idempotency-Key": key } };
      return (
        back
          ? await client.POST("/proposals/{id}/clarifications/{clarification}/withdrawal", { params, body })
          : await client.POST("/proposals/{id}/clarifications/{clarification}/questions", { params, body })
      ).data!;
    },
    (file: Clarifications) => {
      setOpen(false);
      took(queries, p.id, file);
    },
  );
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
      label={t(back ? "review.withdraw-why" : "review.question")}
      button={t(back ? "review.withdraw" : "review.ask")}
      problem={act.problem}
      busy={act.busy}
      send={act.run}
      done={() => setOpen(false)}
    />
  );
}

/** An assessor's wish: passed on in the secretariat's words, or refused with a reason. */
export function Passing({ p, wish }: { p: Asked; wish: Wish }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [how, setHow] = useState<"pass" | "refuse" | undefined>();
  const refuse = useAct(
    async (key: string, body: Said) =>
      (
        await client.POST("/proposals/{id}/clarification-wishes/{wish}/refusal", {
          params: { path: { id: p.id, wish: wish.id }, header: { "Idempotency-Key": key } },
          body: { reason: body.text },
        })
      ).data!,
    (file: Clarifications) => took(queries, p.id, file),
  );
  const close = () => setHow(undefined);
  if (how === "pass") return <Question p={p} passing={wish} done={close} />;
  if (how === "refuse")
    return (
      <Words
        label={t("review.refuse-why")}
        button={t("review.refuse")}
        problem={refuse.problem}
        field="reason"
        busy={refuse.busy}
        send={refuse.run}
        done={close}
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
