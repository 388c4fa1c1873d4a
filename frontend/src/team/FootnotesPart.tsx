import { type FormEvent, useState } from "react";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct, useRead } from "../money-office/office";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { languages, useWords } from "../words/i18n";
import styles from "./Team.module.css";

const none = { texts: {} as Record<string, string>, from_on: "", source: "" };

/** The notes on an organisation's name: what stands below every page and export on which it does, since when and by what. */
export function FootnotesPart({ id, may }: { id: string; may: boolean }) {
  const { t } = useWords();
  const notes = useRead<Schemas["Footnote"][]>("/footnotes", { organisation: id });
  const { run, busy, problem } = useAct();
  const toast = useToast();
  const [v, setV] = useTyped(`footnote/${id}`, none);
  const [adding, setAdding] = useState(false);
  const faults = faultsByField(problem);
  if (!may && !notes.data?.length) return null;
  async function send(e: FormEvent) {
    e.preventDefault();
    const texts = Object.fromEntries(Object.keys(languages).map((code) => [code, v.texts[code] ?? ""]));
    if (busy || !(await run(`/organisations/${id}/footnotes`, { ...v, texts }))) return;
    toast(t("footnote.added"));
    setV(none);
    setAdding(false);
  }
  return (
    <section className={styles.panel}>
      <h2>{t("footnote.title")}</h2>
      <p>{t("footnote.lead")}</p>
      {!!notes.data?.length && (
        <ul className={styles.list}>
          {notes.data.map((note) => (
            <li key={note.id} className={styles.item}>
              <span className={styles.who}>
                <b>{note.text}</b>
                <span className={styles.quiet}>
                  <Day value={note.from_on} />
                  {note.until_on && (
                    <>
                      {" – "}
                      <Day value={note.until_on} />
                    </>
                  )}
                  {" · "}
                  <bdi>{note.source}</bdi>
                </span>
              </span>
              {may && !note.until_on && <Ending id={note.id} />}
            </li>
          ))}
        </ul>
      )}
      {may && !adding && (
        <Button tone="quiet" onClick={() => setAdding(true)}>
          {t("footnote.add")}
        </Button>
      )}
      {adding && (
        <form className={office.form} onSubmit={send} noValidate>
          <ErrorSummary problem={problem} />
          {Object.entries(languages).map(([code, own]) => (
            <TextField
              key={code}
              id={`texts-${code}`}
              label={t("footnote.text", { language: own })}
              rows={2}
              lang={code}
              dir={code === "ar" ? "rtl" : "ltr"}
              value={v.texts[code] ?? ""}
              error={faults[`texts-${code}`]}
              onChange={(e) => setV({ ...v, texts: { ...v.texts, [code]: e.target.value } })}
            />
          ))}
          <Field
            id="from_on"
            type="date"
            label={t("footnote.from")}
            value={v.from_on}
            error={faults.from_on}
            onChange={(e) => setV({ ...v, from_on: e.target.value })}
          />
          <Field
            id="source"
            label={t("footnote.source")}
            value={v.source}
            error={faults.source}
            onChange={(e) => setV({ ...v, source: e.target.value })}
          />
          <div className={office.acts}>
            <Button type="submit" busy={busy}>
              {t("footnote.add")}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

/** Lets a note stand until a day, with the reason that stays. */
function Ending({ id }: { id: string }) {
  const { t } = useWords();
  const { run, busy, problem } = useAct();
  const toast = useToast();
  const [v, setV] = useState({ until_on: "", reason: "" });
  const [open, setOpen] = useState(false);
  const faults = faultsByField(problem);
  if (!open)
    return (
      <Button tone="quiet" onClick={() => setOpen(true)}>
        {t("footnote.end")}
      </Button>
    );
  return (
    <form
      className={office.form}
      noValidate
      onSubmit={async (e) => {
        e.preventDefault();
        if (await run(`/footnotes/${id}/ending`, v)) toast(t("footnote.ended"));
      }}
    >
      <ErrorSummary problem={problem} />
      <Field
        id="until_on"
        type="date"
        label={t("footnote.until")}
        value={v.until_on}
        error={faults.until_on}
        onChange={(e) => setV({ ...v, until_on: e.target.value })}
      />
      <Field
        id="reason"
        label={t("organisation.reason")}
        value={v.reason}
        error={faults.reason}
        onChange={(e) => setV({ ...v, reason: e.target.value })}
      />
      <div className={office.acts}>
        <Button type="submit" busy={busy}>
          {t("footnote.end")}
        </Button>
      </div>
    </form>
  );
}
