import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Call, type Enquiry, enquiriesKey, type Language, languageName, languages, useEnquiries } from "./call";

/** The questions about a call and their answers; a form to ask, or to answer, where that may be done. */
export function Enquiries({ call }: { call: Call }) {
  const { t } = useWords();
  const list = useEnquiries(call.id);
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  // What waits comes first to whoever answers.
  const rows = [...list.data].sort((a, b) => Number(a.answers.length > 0) - Number(b.answers.length > 0) || a.n - b.n);
  return (
    <section className={styles.stack} aria-labelledby="enquiries">
      <h2 id="enquiries">{t("enquiry.title")}</h2>
      {rows.length === 0 && <p className={styles.quiet}>{t(call.questions_until ? "enquiry.empty" : "enquiry.none-taken")}</p>}
      {rows.map((e) => (
        <One key={e.id} enquiry={e} />
      ))}
      {call.may.includes("enquiry.ask") && <Asking call={call} />}
    </section>
  );
}

function One({ enquiry: e }: { enquiry: Enquiry }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const last = e.answers.at(-1);
  const may = e.may.includes("enquiry.answer");
  return (
    <article className={`${styles.card} ${last ? "" : styles.now}`} aria-labelledby={`enquiry-${e.n}`}>
      <h3 id={`enquiry-${e.n}`}>
        {t("enquiry.n", { n: e.n })} {!last && <Tag tone="warn">{t("enquiry.waits")}</Tag>}{" "}
        {e.own && <Tag tone="link">{t("enquiry.own")}</Tag>}
      </h3>
      <p className={styles.quiet}>
        <DateTime value={e.at} zone={fund.zone} />
        {may && e.asker && (
          <>
            {" · "}
            <bdi>{e.asker.name}</bdi>
          </>
        )}
      </p>
      <p lang={e.language} dir="auto">
        {e.text}
      </p>
      {last && (
        <>
          <p className={styles.text} lang={last.language} dir="auto">
            {last.text}
          </p>
          <p className={styles.quiet}>
            {t("enquiry.answered")} <DateTime value={last.at} zone={fund.zone} />
            {last.reason && (
              <>
                {" · "}
                <bdi dir="auto">{last.reason}</bdi>
              </>
            )}
          </p>
          {e.answers.length > 1 && (
            <details>
              <summary>{t("enquiry.earlier")}</summary>
              {e.answers.slice(0, -1).map((a) => (
                <p key={a.n} lang={a.language} dir="auto">
                  {a.text}
                </p>
              ))}
            </details>
          )}
        </>
      )}
      {may &&
        (open || !last ? (
          <Answering enquiry={e} done={() => setOpen(false)} />
        ) : (
          <div className={styles.acts}>
            <Button onClick={() => setOpen(true)}>{t("enquiry.change")}</Button>
          </div>
        ))}
    </article>
  );
}

/** The language in which something is written: the page's, until another is chosen. */
function Tongue({ id, value, onChange }: { id: string; value: Language; onChange: (to: Language) => void }) {
  const { t, language } = useWords();
  return (
    <Choice id={id} label={t("callpage.language")} value={value} onChange={(e) => onChange(e.target.value as Language)}>
      {languages.map((l) => (
        <option key={l} value={l}>
          {languageName(l, language)}
        </option>
      ))}
    </Choice>
  );
}

function Asking({ call }: { call: Call }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [typed, set, sent] = useTypedForm(`enquiry/${call.id}`, { text: "", lang: language as Language });
  const { text, lang } = typed;
  const act = useAct(
    async (key: string, body: { language: Language; text: string }) =>
      client.POST("/calls/{id}/enquiries", { params: { path: { id: call.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("enquiry.asked"));
      await queries.invalidateQueries({ queryKey: enquiriesKey(call.id) });
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void act.run({ language: lang, text });
      }}
    >
      <h3>{t("enquiry.ask")}</h3>
      <p className={styles.quiet}>{t("enquiry.ask-lead")}</p>
      <ErrorSummary problem={act.problem} names={{ text: t("enquiry.text"), language: t("callpage.language") }} />
      <Tongue id="language" value={lang} onChange={(lang) => set({ lang })} />
      <TextField
        id="text"
        label={t("enquiry.text")}
        rows={4}
        error={wrong.text}
        value={text}
        onChange={(e) => set({ text: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={act.busy}>
          {t("enquiry.send")}
        </Button>
      </div>
    </form>
  );
}

function Answering({ enquiry: e, done }: { enquiry: Enquiry; done: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const last = e.answers.at(-1);
  const [typed, set, sent] = useTypedForm(`answer/${e.id}/${e.version}`, {
    text: last?.text ?? "",
    reason: "",
    lang: last?.language ?? e.language,
  });
  const { text, reason, lang } = typed;
  const act = useAct(
    async (key: string, body: { language: Language; text: string; reason: string }) =>
      client.POST("/enquiries/{id}/answers", {
        params: { path: { id: e.id }, header: { "Idempotency-Key": key, "If-Match": `"${e.version}"` } },
        body,
      }),
    async () => {
      await sent();
      toast(t("enquiry.published"));
      done();
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  );
  const wrong = faultsByField(act.problem);
  const id = (name: string) => `answer-${e.n}-${name}`;
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act.run({ language: lang, text, reason });
      }}
    >
      <ErrorSummary
        problem={act.problem}
        names={{ text: t("enquiry.answer"), reason: t("callpage.reason"), language: t("callpage.language") }}
      />
      <Tongue id={id("language")} value={lang} onChange={(lang) => set({ lang })} />
      <TextField
        id={id("text")}
        label={t("enquiry.answer")}
        hint={t("enquiry.answer-hint")}
        error={wrong.text}
        value={text}
        onChange={(x) => set({ text: x.target.value })}
      />
      {last && (
        <TextField
          id={id("reason")}
          label={t("callpage.reason")}
          rows={2}
          error={wrong.reason}
          value={reason}
          onChange={(x) => set({ reason: x.target.value })}
        />
      )}
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={act.busy}>
          {t("enquiry.publish")}
        </Button>
      </div>
    </form>
  );
}
