import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped, useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime, Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import type { Question } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// Few items touch a mandate: their page has no room for these words itself.
await bringArea("mandate");

type Mandate = NonNullable<Question["mandates"]>[number];

/** The mandates of entities that the item touches, and what came of each; counted nowhere. */
export default function Mandates({ question: q }: { question: Question }) {
  const { t } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const [open, setOpen] = useState(0); // the mandate that is being settled; -1 while one is written
  const again = async () => {
    setOpen(0);
    await queries.invalidateQueries({ queryKey: ["question"] });
  };
  return (
    <section className={styles.tight} aria-labelledby="mandates">
      <h2 id="mandates">{t("mandate.title")}</h2>
      {(q.mandates ?? []).map((m) => (
        <article key={m.n} className={`${styles.card} ${styles.tight}`}>
          <p className={styles.row}>
            <span>
              <span className={styles.who}>
                <bdi>{name(m.organisation)}</bdi>
              </span>{" "}
              <DateTime value={m.at} zone={fund.zone} />
            </span>
            <Tag tone={m.settled ? "good" : "warn"}>{t(m.settled ? "mandate.settled" : "mandate.open")}</Tag>
          </p>
          <p className={styles.text} lang={m.language} dir="auto">
            {m.text}
          </p>
          {m.came.map((s) => (
            <div key={s.at}>
              <p className={styles.quiet}>
                {t(s.settled ? "mandate.was-settled" : "mandate.was-not")} <Day value={s.on} /> · <bdi>{s.parties}</bdi>
              </p>
              <p className={styles.text} lang={s.language} dir="auto">
                {s.text}
              </p>
            </div>
          ))}
          {!m.settled && q.may.includes("mandate.settle") && open !== m.n && (
            <div className={styles.acts}>
              <Button onClick={() => setOpen(m.n)}>{t("mandate.settle")}</Button>
            </div>
          )}
          {open === m.n && <Settling question={q} mandate={m} done={again} leave={() => setOpen(0)} />}
        </article>
      ))}
      {q.may.includes("mandate.raise") && open !== -1 && (
        <div className={styles.acts}>
          <Button onClick={() => setOpen(-1)}>{t("mandate.raise")}</Button>
        </div>
      )}
      {open === -1 && <Raising question={q} done={again} leave={() => setOpen(0)} />}
    </section>
  );
}

type Form = { question: Question; done: () => Promise<void>; leave: () => void };

function Raising({ question: q, done, leave }: Form) {
  const { t, language } = useWords();
  const [text, setText, sent] = useTyped(`mandate/${q.id}`, "");
  const act = within(
    useAct(
      async (key: string, said: string) =>
        client.POST("/questions/{id}/mandates", {
          params: { path: { id: q.id }, header: { "Idempotency-Key": key } },
          body: { text: said, language },
        }),
      async () => Promise.all([sent(), done()]),
    ),
    "mandate",
  );
  return (
    <ActForm
      head={<p>{t("mandate.raise-lead")}</p>}
      act={act}
      names={{ "mandate-text": t("mandate.text") }}
      button={t("mandate.send")}
      send={() => void act.run(text.trim())}
      leave={leave}
    >
      <TextField
        id="mandate-text"
        rows={4}
        lang={language}
        label={t("mandate.text")}
        error={faultsByField(act.problem)["mandate-text"]}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
    </ActForm>
  );
}

function Settling({ question: q, mandate: m, done, leave }: Form & { mandate: Mandate }) {
  const { t, language } = useWords();
  const [form, set, sent] = useTypedForm(`mandate/${q.id}/${m.n}`, { settled: "yes", parties: "", on: "", text: "" });
  const act = within(
    useAct(
      async (key: string, body: typeof form) =>
        client.POST("/questions/{id}/mandates/{n}/settlement", {
          params: { path: { id: q.id, n: m.n }, header: { "Idempotency-Key": key } },
          body: { ...body, settled: body.settled === "yes", language },
        }),
      async () => Promise.all([sent(), done()]),
    ),
    "settling",
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      plain
      act={act}
      names={{ "settling-parties": t("mandate.parties"), "settling-on": t("mandate.on"), "settling-text": t("mandate.how") }}
      button={t("mandate.record")}
      send={() => void act.run(form)}
      leave={leave}
    >
      <Choice id="settling-settled" label={t("mandate.outcome")} value={form.settled} onChange={(e) => set({ settled: e.target.value })}>
        <option value="yes">{t("mandate.settled")}</option>
        <option value="no">{t("mandate.not-settled")}</option>
      </Choice>
      <Field
        id="settling-parties"
        label={t("mandate.parties")}
        error={wrong["settling-parties"]}
        value={form.parties}
        onChange={(e) => set({ parties: e.target.value })}
      />
      <DayField id="settling-on" label={t("mandate.on")} error={wrong["settling-on"]} value={form.on} onDay={(on) => set({ on })} />
      <TextField
        id="settling-text"
        rows={3}
        lang={language}
        label={t("mandate.how")}
        error={wrong["settling-text"]}
        value={form.text}
        onChange={(e) => set({ text: e.target.value })}
      />
    </ActForm>
  );
}
