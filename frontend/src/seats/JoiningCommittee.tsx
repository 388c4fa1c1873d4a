import type { FormEvent } from "react";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { within } from "../decision/within";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** Putting an organisation on the Executive Committee's list, from a day, on a paper. */
export default function JoiningCommittee() {
  const { t } = useWords();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const act = useAct();
  const { problem } = within(act, "committee");
  const [v, set, sent] = useTypedForm("committee", { organisation: "", from: today(), until: "", note: "" });
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (act.busy || !(await act.run("/executive-committee", { ...v, organisation: v.organisation || unchosen }))) return;
    toast(t("committee.joined"));
    await sent();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h3>{t("committee.join")}</h3>
      <ErrorSummary problem={problem} />
      <OrganisationChoice
        id="committee-organisation"
        label={t("constituencies.organisation")}
        choose={t("seats.choose")}
        list={list}
        value={v.organisation}
        error={faults["committee-organisation"]}
        onChange={(organisation) => set({ organisation })}
      />
      <div className={office.row}>
        <Field
          id="committee-from"
          type="date"
          label={t("seats.from")}
          value={v.from}
          error={faults["committee-from"]}
          onChange={(e) => set({ from: e.target.value })}
        />
        <Field
          id="committee-until"
          type="date"
          label={t("seats.last-day")}
          optional
          value={v.until}
          error={faults["committee-until"]}
          onChange={(e) => set({ until: e.target.value })}
        />
      </div>
      <TextField
        id="committee-note"
        label={t("seats.paper")}
        hint={t("seats.paper-hint")}
        rows={2}
        value={v.note}
        error={faults["committee-note"]}
        onChange={(e) => set({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={act.busy}>
          {t("committee.join")}
        </Button>
      </div>
    </form>
  );
}
