import type { FormEvent } from "react";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { named, type Rules } from "../decision/data";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** Letting an organisation belong to a constituency, from a day. */
export default function Joining({ rules }: { rules: Rules }) {
  const { t, language } = useWords();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const [v, set, sent] = useTypedForm("constituency", { organisation: "", constituency: "", kind: "", from: today(), until: "", note: "" });
  const faults = faultsByField(problem);
  const stakeholder = list.find((o) => o.id === v.organisation)?.kind === "stakeholder";
  async function send(e: FormEvent) {
    e.preventDefault();
    const body = { ...v, organisation: v.organisation || unchosen, kind: stakeholder ? v.kind : "" };
    if (busy || !(await run("/constituencies", body))) return;
    toast(t("constituencies.joined"));
    await sent();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("constituencies.join")}</h2>
      <p>{t("constituencies.join-lead")}</p>
      <ErrorSummary problem={problem} />
      <OrganisationChoice
        label={t("constituencies.organisation")}
        choose={t("seats.choose")}
        list={list}
        value={v.organisation}
        error={faults.organisation}
        onChange={(organisation) => set({ organisation })}
      />
      <Choice
        id="constituency"
        label={t("constituencies.constituency")}
        value={v.constituency}
        error={faults.constituency}
        onChange={(e) => set({ constituency: e.target.value })}
      >
        <option value="">{t("seats.choose")}</option>
        {rules.constituencies.map((k) => (
          <option key={k.key} value={k.key}>
            {named(k.name, language, k.key)}
          </option>
        ))}
      </Choice>
      {stakeholder && (
        <Choice
          id="kind"
          label={t("constituencies.kind")}
          value={v.kind}
          error={faults.kind}
          onChange={(e) => set({ kind: e.target.value })}
        >
          <option value="">{t("seats.choose")}</option>
          {rules.stakeholders.map((k) => (
            <option key={k.key} value={k.key}>
              {named(k.name, language, k.key)}
            </option>
          ))}
        </Choice>
      )}
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
      <TextField
        id="note"
        label={t("seats.paper")}
        hint={t("seats.paper-hint")}
        rows={2}
        value={v.note}
        error={faults.note}
        onChange={(e) => set({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("constituencies.join")}
        </Button>
      </div>
    </form>
  );
}
