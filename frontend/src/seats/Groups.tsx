import { type FormEvent, lazy, Suspense, useState } from "react";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useAct, useRead } from "../money-office/office";
import styles from "../team/Team.module.css";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

const LastDay = lazy(() => import("./LastDay"));

const groups = [
  "african",
  "asia-pacific",
  "eastern-european",
  "latin-american-and-caribbean",
  "western-european-and-other",
  "ldc",
  "lldc",
  "sids",
] as const;

type Term = Schemas["GroupTerm"];

/** The groups of the United Nations in which a state was, is and will be: the balance of the body is counted by them. */
export default function Groups({ id, may }: { id: string; may: boolean }) {
  const { t } = useWords();
  const list = useRead<Term[]>(`/organisations/${id}/groups`);
  const [ending, end] = useState<Term | null>(null);
  if (!list.data || (list.data.length === 0 && !may)) return null;
  return (
    <section className={styles.panel}>
      <h2>{t("groups.title")}</h2>
      <p>{t(list.data.length === 0 ? "groups.none" : "groups.lead")}</p>
      {list.data.length > 0 && (
        <ul className={styles.list}>
          {list.data.map((g) => (
            <li key={g.id} className={styles.item}>
              <span className={styles.who}>
                <b>{t(`groups.${g.group}`)}</b>
                <span className={styles.quiet}>
                  {g.from ? <Day value={g.from} short /> : t("groups.ever")}
                  {" – "}
                  {g.until ? <Day value={g.until} short /> : t("seats.open-end")}
                  {g.note && (
                    <>
                      {" · "}
                      <bdi>{g.note}</bdi>
                    </>
                  )}
                </span>
              </span>
              {may && (g.until === null || g.until >= today()) && (
                <Button tone="quiet" onClick={() => end(g)}>
                  {t("groups.end")}
                  <span className="unseen"> {t(`groups.${g.group}`)}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {ending && (
        <Suspense>
          <LastDay
            title={t("groups.end-title", { group: t(`groups.${ending.group}`) })}
            lead={t("groups.end-lead")}
            act={t("groups.end")}
            done={t("groups.ended")}
            path={`/group-terms/${ending.id}/ending`}
            onClose={() => end(null)}
          />
        </Suspense>
      )}
      {may && <Joining id={id} />}
    </section>
  );
}

/** Saying that a state is in one more group. */
function Joining({ id }: { id: string }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [v, set, sent] = useTypedForm(`group/${id}`, { group: "", from: today(), until: "", note: "" });
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || !(await run(`/organisations/${id}/groups`, v))) return;
    toast(t("groups.added"));
    await sent();
  }
  return (
    <form className={office.form} onSubmit={send} noValidate>
      <h3>{t("groups.add")}</h3>
      <ErrorSummary problem={problem} />
      <Choice id="group" label={t("groups.group")} value={v.group} error={faults.group} onChange={(e) => set({ group: e.target.value })}>
        <option value="">{t("seats.choose")}</option>
        {groups.map((g) => (
          <option key={g} value={g}>
            {t(`groups.${g}`)}
          </option>
        ))}
      </Choice>
      <div className={office.row}>
        <Field
          id="from"
          type="date"
          label={t("seats.from")}
          value={v.from}
          error={faults.from}
          onChange={(e) => set({ from: e.target.value })}
        />
        <Field
          id="until"
          type="date"
          label={t("seats.last-day")}
          optional
          value={v.until}
          error={faults.until}
          onChange={(e) => set({ until: e.target.value })}
        />
      </div>
      <Field
        id="note"
        label={t("groups.note")}
        hint={t("groups.note-hint")}
        value={v.note}
        error={faults.note}
        onChange={(e) => set({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button type="submit" busy={busy}>
          {t("groups.add")}
        </Button>
      </div>
    </form>
  );
}
