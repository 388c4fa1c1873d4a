import { useState } from "react";
import { Link } from "wouter";
import { unchosen, useNames, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { ActForm } from "../decision/ActForm";
import { useMayBegin } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { usePost } from "./data";

export type Asked = components["schemas"]["DecisionAsk"];
const tones = { open: "warn", "under-way": "link", done: "good", dropped: "plain" } as const;

/** What a decision asks, by whom and until when, and how far each is. */
export default function Asks({ number }: { number: string }) {
  const { t } = useWords();
  const asks = useRead<Asked[]>(`/decisions/${number}/follow-ups`).data;
  const begins = useMayBegin("followup.ask");
  if (!asks) return null;
  return (
    <section className={styles.stack} aria-labelledby="follow-ups">
      <h2 id="follow-ups">{t("minutes.follow-ups")}</h2>
      {asks.length === 0 ? (
        <p className={styles.quiet}>{t(begins ? "minutes.asks-none-yours" : "minutes.asks-none")}</p>
      ) : (
        <AskList list={asks} />
      )}
      {begins && <Asking number={number} />}
      <p>
        <Link href="/follow-ups">{t("minutes.follow-ups-all")}</Link>
      </p>
    </section>
  );
}

/** Each thing asked, with its steps and the next one. */
export function AskList({ list, named }: { list: Asked[]; named?: boolean }) {
  const { t } = useWords();
  const { name } = useNames();
  const [open, setOpen] = useState("");
  return (
    <ul className={styles.rows}>
      {list.map((a) => (
        <li key={a.id} className={styles.tight}>
          {named && (
            <p>
              <Link href={`/decisions/${a.decision}`}>{a.decision}</Link> <bdi>{a.title}</bdi>
            </p>
          )}
          <p className={styles.text} lang={a.language} dir="auto">
            {a.text}
          </p>
          <p>
            <Tag tone={tones[a.state]}>{t(`minutes.step.${a.state}`)}</Tag> {a.overdue && <Tag tone="bad">{t("minutes.overdue")}</Tag>}{" "}
            <span className={styles.quiet}>
              <bdi>{name(a.organisation)}</bdi>, {t("minutes.due")} <Day value={a.due_on} />
            </span>
          </p>
          {a.steps.toReversed().map((s) => (
            <p key={s.at} className={styles.text}>
              <span className={styles.quiet}>
                <Day value={s.on} /> · {t(`minutes.step.${s.state}`)} · <bdi>{s.by}</bdi>
              </span>{" "}
              <bdi lang={s.language}>{s.text}</bdi>
            </p>
          ))}
          {a.may.includes("followup.step") && open !== a.id && (
            <div className={styles.acts}>
              <Button aria-label={t("minutes.step-of", { decision: a.decision, n: a.n })} onClick={() => setOpen(a.id)}>
                {t("minutes.step")}
              </Button>
            </div>
          )}
          {open === a.id && <Stepping of={a} close={() => setOpen("")} />}
        </li>
      ))}
    </ul>
  );
}

function Stepping({ of: a, close }: { of: Asked; close: () => void }) {
  const { t, language } = useWords();
  const [typed, set, sent] = useTypedForm(`ask-step/${a.id}`, { state: "", text: "" });
  const act = usePost<object>(`/follow-ups/${a.id}/steps`, "minutes.step-said", async () => {
    await sent();
    close();
  });
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      act={act}
      names={{ state: t("minutes.step-state"), text: t("minutes.step-text") }}
      button={t("minutes.step-send")}
      send={() => void act.run({ ...typed, language, on: null })}
      leave={close}
    >
      <Choice
        id="state"
        label={t("minutes.step-state")}
        error={wrong.state}
        value={typed.state}
        onChange={(e) => set({ state: e.target.value })}
      >
        <option value="">{t("minutes.choose")}</option>
        {(["under-way", "done", "dropped"] as const).map((state) => (
          <option key={state} value={state}>
            {t(`minutes.step.${state}`)}
          </option>
        ))}
      </Choice>
      <TextField
        id="text"
        rows={3}
        label={t("minutes.step-text")}
        error={wrong.text}
        value={typed.text}
        onChange={(e) => set({ text: e.target.value })}
      />
    </ActForm>
  );
}

function Asking({ number }: { number: string }) {
  const { t, language } = useWords();
  const organisations = useOrganisations().data ?? [];
  const [typed, set, sent] = useTypedForm(`ask/${number}`, { text: "", organisation: "", due_on: "" });
  const act = usePost<object>(`/decisions/${number}/follow-ups`, "minutes.asked", sent);
  const wrong = faultsByField(act.problem);
  return (
    <details className={styles.more}>
      <summary>{t("minutes.ask")}</summary>
      <ActForm
        act={act}
        names={{ text: t("minutes.ask-text"), organisation: t("minutes.organisation"), due_on: t("minutes.due-on") }}
        button={t("minutes.ask-send")}
        send={() => void act.run({ ...typed, organisation: typed.organisation || unchosen, language })}
      >
        <TextField
          id="asked"
          rows={3}
          label={t("minutes.ask-text")}
          error={wrong.text}
          value={typed.text}
          onChange={(e) => set({ text: e.target.value })}
        />
        <OrganisationChoice
          label={t("minutes.organisation")}
          choose={t("minutes.choose")}
          list={organisations}
          value={typed.organisation}
          error={wrong.organisation}
          onChange={(organisation) => set({ organisation })}
        />
        <Field
          id="due_on"
          type="date"
          dir="ltr"
          label={t("minutes.due-on")}
          error={wrong.due_on}
          value={typed.due_on}
          onChange={(e) => set({ due_on: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
