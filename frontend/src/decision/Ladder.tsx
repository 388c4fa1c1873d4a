import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped, useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import { named, type Question, useRules } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// Few items end without consensus: their page has no room for these words itself.
await bringArea("ladder");

/** What follows where there is no consensus: the charter's steps as far as they were gone, and the next act of whoever steers. */
export default function Ladder({ question: q }: { question: Question }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [open, setOpen] = useState<"climb" | "return" | "end" | null>(null);
  const again = async () => {
    setOpen(null);
    await Promise.all(["question", "meeting", "tasks"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const may = (act: string) => q.may.includes(act);
  const leave = () => setOpen(null);
  return (
    <>
      {q.follows && (
        <p>
          <Link href={`/questions/${q.follows.question}`}>{t("ladder.follows", { item: q.follows.item })}</Link>
        </p>
      )}
      {may("question.unresolve") && <Ending question={q} done={again} />}
      {q.ladder && (
        <section className={`${styles.card} ${styles.tight}`} aria-labelledby="ladder">
          <h2 id="ladder">{t("ladder.title")}</h2>
          <p>{t("ladder.lead")}</p>
          <ol className={styles.rows}>
            {q.ladder.steps.map((s) => (
              <li key={s.key} aria-current={s.at && q.state === "unresolved" ? "step" : undefined}>
                <b>{named(s.name, language, s.key)}</b>{" "}
                {s.at ? <DateTime value={s.at} zone={fund.zone} /> : <span className={styles.quiet}>{t("ladder.not-reached")}</span>}
                {s.text && (
                  <p className={styles.text} dir="auto">
                    {s.text}
                  </p>
                )}
              </li>
            ))}
          </ol>
          {q.ladder.ended && (
            <div role="status">
              <p>
                {t(`ladder.ended.${q.ladder.ended.as}`)} <DateTime value={q.ladder.ended.at} zone={fund.zone} />
              </p>
              <p className={styles.text} dir="auto">
                {q.ladder.ended.reason}
              </p>
            </div>
          )}
          {q.followed_by && (
            <p>
              <Link href={`/questions/${q.followed_by.question}`}>{t("ladder.followed-by", { item: q.followed_by.item })}</Link>
            </p>
          )}
          {!open && (may("ladder.climb") || may("ladder.return")) && (
            <div className={styles.acts}>
              {may("ladder.climb") && (
                <Button tone="main" onClick={() => setOpen("climb")}>
                  {t("ladder.climb")}
                </Button>
              )}
              {may("ladder.return") && <Button onClick={() => setOpen("return")}>{t("ladder.return")}</Button>}
              {may("ladder.end") && (
                <Button tone="danger" onClick={() => setOpen("end")}>
                  {t("ladder.end")}
                </Button>
              )}
            </div>
          )}
          {open === "climb" && <Climbing question={q} done={again} leave={leave} />}
          {open === "return" && <TakingBack question={q} done={again} leave={leave} />}
          {open === "end" && <Leaving question={q} done={again} leave={leave} />}
        </section>
      )}
    </>
  );
}

type Form = { question: Question; done: () => Promise<void>; leave?: () => void };
const path = (q: Question, key: string) => ({ params: { path: { id: q.id }, header: { "Idempotency-Key": key } } });

/** The person in the chair finds that there is no consensus, and says what is done first. */
function Ending({ question: q, done }: Form) {
  const { t } = useWords();
  const [text, setText, sent] = useTyped(`ladder/${q.id}/unresolved`, "");
  const act = within(
    useAct(
      async (key: string, said: string) => client.POST("/questions/{id}/ladder", { ...path(q, key), body: { text: said } }),
      async () => Promise.all([sent(), done()]),
    ),
    "ladder",
  );
  return (
    <ActForm
      head={
        <>
          <h2>{t("ladder.unresolve-title")}</h2>
          <p>{t("ladder.unresolve-lead")}</p>
        </>
      }
      act={act}
      names={{ "ladder-text": t("ladder.first") }}
      button={t("ladder.unresolve")}
      tone="danger"
      send={() => void act.run(text.trim())}
    >
      <TextField
        id="ladder-text"
        rows={3}
        label={t("ladder.first")}
        hint={t("ladder.first-hint")}
        error={faultsByField(act.problem)["ladder-text"]}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    </ActForm>
  );
}

function Climbing({ question: q, done, leave }: Form) {
  const { t, language } = useWords();
  const [text, setText, sent] = useTyped(`ladder/${q.id}/climb`, "");
  const act = within(
    useAct(
      async (key: string, said: string) => client.POST("/questions/{id}/rungs", { ...path(q, key), body: { text: said } }),
      async () => Promise.all([sent(), done()]),
    ),
    "ladder",
  );
  const next = q.ladder?.steps.find((s) => !s.at);
  return (
    <ActForm
      plain
      head={next && <h3>{named(next.name, language, next.key)}</h3>}
      act={act}
      names={{ "ladder-text": t("ladder.said") }}
      button={t("ladder.climb")}
      send={() => void act.run(text.trim())}
      {...(leave ? { leave } : {})}
    >
      <TextField
        id="ladder-text"
        rows={4}
        label={t("ladder.said")}
        hint={t("ladder.said-hint")}
        error={faultsByField(act.problem)["ladder-text"]}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    </ActForm>
  );
}

function Leaving({ question: q, done, leave }: Form) {
  const { t } = useWords();
  const [reason, setReason, sent] = useTyped(`ladder/${q.id}/end`, "");
  const act = within(
    useAct(
      async (key: string, said: string) => client.POST("/questions/{id}/undecided", { ...path(q, key), body: { reason: said } }),
      async () => Promise.all([sent(), done()]),
    ),
    "ladder",
  );
  return (
    <ActForm
      plain
      head={<p>{t("ladder.end-lead")}</p>}
      act={act}
      names={{ "ladder-reason": t("ladder.reason") }}
      button={t("ladder.end")}
      tone="danger"
      send={() => void act.run(reason.trim())}
      {...(leave ? { leave } : {})}
    >
      <TextField
        id="ladder-reason"
        rows={3}
        label={t("ladder.reason")}
        error={faultsByField(act.problem)["ladder-reason"]}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
    </ActForm>
  );
}

// The choice that is no meeting.
const inWriting = "in-writing";

/** Another item with the text that was worked out, on the agenda of a meeting that is not over, or in writing. */
function TakingBack({ question: q, done, leave }: Form) {
  const { t } = useWords();
  const [form, set, sent] = useTypedForm(`ladder/${q.id}/return`, { meeting: "", text: q.text ?? "", reason: "" });
  const meetings = useQuery({
    queryKey: ["meetings", "to-come"],
    queryFn: async () => (await client.GET("/meetings", { params: { query: { state: ["planned", "open"] } } })).data!,
  }).data;
  const written = q.procedure === "no-objection";
  const circulates =
    useRules()
      .data?.decisions.find((d) => d.kind === q.kind)
      ?.procedures.includes("no-objection") ?? false;
  const act = within(
    useAct(
      async (key: string, body: typeof form) =>
        client.POST("/questions/{id}/return", {
          ...path(q, key),
          body:
            body.meeting === inWriting
              ? { ...body, title: q.title, meeting: null, procedure: "no-objection" }
              : { ...body, title: q.title, ...(written ? { procedure: "consensus" } : {}) },
        }),
      async () => Promise.all([sent(), done()]),
    ),
    "ladder",
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      plain
      head={<p>{t("ladder.return-lead")}</p>}
      act={act}
      names={{ "ladder-meeting": t("ladder.meeting"), "ladder-text": t("ladder.text"), "ladder-reason": t("ladder.came") }}
      button={t("ladder.return")}
      send={() => void act.run(form)}
      {...(leave ? { leave } : {})}
    >
      {meetings?.length === 0 && !circulates ? (
        <p>{t("ladder.no-meeting")}</p>
      ) : (
        <Choice
          id="ladder-meeting"
          label={t("ladder.meeting")}
          error={wrong["ladder-meeting"]}
          value={form.meeting}
          onChange={(e) => set({ meeting: e.target.value })}
        >
          <option value="">{t("ladder.choose")}</option>
          {circulates && <option value={inWriting}>{t("ladder.in-writing")}</option>}
          {meetings?.map((m) => (
            <option key={m.id} value={m.id}>
              {m.ref} {m.title}
            </option>
          ))}
        </Choice>
      )}
      <TextField
        id="ladder-text"
        rows={6}
        lang={q.language}
        label={t("ladder.text")}
        error={wrong["ladder-text"]}
        value={form.text}
        onChange={(e) => set({ text: e.target.value })}
      />
      <Field
        id="ladder-reason"
        label={t("ladder.came")}
        hint={t("ladder.came-hint")}
        error={wrong["ladder-reason"]}
        value={form.reason}
        onChange={(e) => set({ reason: e.target.value })}
      />
    </ActForm>
  );
}
