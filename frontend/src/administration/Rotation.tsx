import type { FormEvent } from "react";
import { faultsByField } from "../api/problem";
import { useTyped, useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct } from "../money-office/office";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

type Vacancy = Schemas["Vacancy"];

/** A vacancy: who may serve and why not, who is nominated, and nominating. */
export function VacancyPart({ of }: { of: Vacancy }) {
  const { t } = useWords();
  return (
    <section className={office.stack} aria-label={of.name}>
      <h3>
        {of.name}: <Day value={of.from} short /> – <Day value={of.until} short />
        {of.rest && ` (${t("rotation.rest")})`}
      </h3>
      {of.nominations.length > 0 && (
        <DataTable
          caption={t("rotation.nominations")}
          rows={of.nominations}
          id={(n) => n.id}
          columns={[
            { key: "who", head: t("rotation.organisation"), heads: true, cell: (n) => <bdi lang="">{n.name}</bdi> },
            { key: "state", head: t("rotation.state"), cell: (n) => t(`rotation.state.${n.state}`) },
            {
              key: "note",
              head: t("rotation.note"),
              cell: (n) => (
                <span lang="" dir="auto">
                  {n.settled || n.note}
                </span>
              ),
            },
          ]}
        />
      )}
      {of.nominations
        .filter((n) => n.may.includes("nomination.choose") || n.may.includes("nomination.withdraw"))
        .map((n) => (
          <Settle key={n.id} of={n} />
        ))}
      {of.may.includes("seat.nominate") && (
        <details name="nominate">
          <summary>
            {t("rotation.nominate")}: {of.name}
          </summary>
          <Nominate of={of} />
        </details>
      )}
      <details>
        <summary>{t("rotation.candidates", { seat: of.name })}</summary>
        <DataTable
          caption={t("rotation.candidates", { seat: of.name })}
          captionUnseen
          rows={of.candidates}
          id={(c) => c.organisation}
          columns={[
            { key: "who", head: t("rotation.organisation"), heads: true, cell: (c) => <bdi lang="">{c.name}</bdi> },
            {
              key: "may",
              head: t("rotation.may"),
              cell: (c) =>
                c.eligible ? [t("rotation.yes"), ...c.broken.map((b) => b.name)].join(". ") : c.reasons.map((r) => r.sentence).join(" "),
            },
            { key: "groups", head: t("rotation.groups"), cell: (c) => c.groups.map((g) => t(`rotation.${g}`)).join(", ") || c.kind },
            { key: "wait", head: t("rotation.wait"), kind: "number", cell: (c) => c.wait },
            { key: "months", head: t("rotation.months"), kind: "number", cell: (c) => c.months },
            { key: "left", head: t("rotation.left"), cell: (c) => (c.left ? <Day value={c.left} short /> : t("rotation.never")) },
          ]}
        />
      </details>
    </section>
  );
}

/** Recording what became of a nomination, on the paper that says so. */
function Settle({ of }: { of: Schemas["Nomination"] }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [note, setNote, sent] = useTyped(`nomination ${of.id}`, "");
  const settle = async (what: "choice" | "withdrawal") => {
    if (busy || !(await run(`/nominations/${of.id}/${what}`, { note }))) return;
    toast(t("rotation.done"));
    void sent();
  };
  return (
    <form className={office.form} onSubmit={(e) => e.preventDefault()} noValidate>
      <ErrorSummary problem={problem} />
      <Field
        id={`note-${of.id}`}
        label={t("rotation.note")}
        value={note}
        error={faultsByField(problem).note}
        onChange={(e) => setNote(e.target.value)}
      />
      <div className={office.acts}>
        {of.may.includes("nomination.choose") && (
          <Button tone="main" busy={busy} onClick={() => void settle("choice")}>
            {t("rotation.act.choose", { name: of.name })}
          </Button>
        )}
        <Button busy={busy} onClick={() => void settle("withdrawal")}>
          {t("rotation.act.withdraw", { name: of.name })}
        </Button>
      </div>
    </form>
  );
}

/** Naming somebody who may serve; what stands against anybody else the table says. */
function Nominate({ of }: { of: Vacancy }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [g, set, sent] = useTypedForm(`nominate ${of.seat} ${of.from}`, { organisation: "", note: "" });
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || !(await run(`/seats/${of.seat}/nominations`, { organisation: g.organisation || undefined, note: g.note }))) return;
    toast(t("rotation.done"));
    void sent();
  }
  return (
    <form className={office.form} onSubmit={send} noValidate>
      <ErrorSummary problem={problem} />
      <Choice
        id={`organisation-${of.seat}`}
        label={t("rotation.organisation")}
        value={g.organisation}
        error={faults.organisation}
        onChange={(e) => set({ organisation: e.target.value })}
      >
        <option value="">{t("rotation.choose")}</option>
        {of.candidates
          .filter((c) => c.eligible)
          .map((c) => (
            <option key={c.organisation} value={c.organisation}>
              {c.name}
            </option>
          ))}
      </Choice>
      <Field
        id={`paper-${of.seat}`}
        label={t("rotation.note")}
        value={g.note}
        error={faults.note}
        onChange={(e) => set({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button type="submit" busy={busy}>
          {t("rotation.nominate")}
        </Button>
      </div>
    </form>
  );
}

/** The Coordinator's word: all who were chosen, at once; a rule is set aside by name and with a reason. */
export function Confirm({ chosen, rules }: { chosen: Schemas["Nomination"][]; rules: Schemas["BalanceRule"][] }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [{ aside, reason }, set, sent] = useTypedForm("rotation", { aside: [] as string[], reason: "" });
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || !(await run("/rotation/confirmation", { nominations: chosen.map((n) => n.id), aside, reason }))) return;
    toast(t("rotation.done"));
    void sent();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("rotation.confirm")}</h2>
      <ErrorSummary problem={problem} />
      <p>{t("rotation.confirm-lead", { names: chosen.map((n) => n.name).join(", ") })}</p>
      <fieldset>
        <legend>{t("rotation.aside")}</legend>
        {rules.map((r) => (
          <label key={r.key} style={{ display: "block" }}>
            <input
              type="checkbox"
              checked={aside.includes(r.key)}
              onChange={(e) => set({ aside: e.target.checked ? [...aside, r.key] : aside.filter((k) => k !== r.key) })}
            />{" "}
            {r.name}
          </label>
        ))}
      </fieldset>
      {aside.length > 0 && (
        <TextField
          id="reason"
          label={t("rotation.reason")}
          rows={2}
          value={reason}
          error={faultsByField(problem).reason}
          onChange={(e) => set({ reason: e.target.value })}
        />
      )}
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("rotation.confirm")}
        </Button>
      </div>
    </form>
  );
}
