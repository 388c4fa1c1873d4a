import type { FormEvent } from "react";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useAct } from "../money-office/office";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { useSeatName } from "./seat";

/** Giving a seat to an organisation for a term. */
export default function GiveSeat({ seats }: { seats: Schemas["Seat"][] }) {
  const { t } = useWords();
  const name = useSeatName();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const none = { seat: seats[0]!.id, organisation: "", from: today(), until: "", note: "" };
  const [g, setG] = useTyped(`seat`, none);
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setG((now) => ({ ...now, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = {
      organisation: g.organisation || unchosen,
      from: g.from,
      ...(g.until ? { until: g.until } : {}),
      note: g.note,
    };
    if (!(await run(`/seats/${g.seat}/terms`, body))) return;
    toast(t("admin.given"));
    setG(none);
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("admin.give")}</h2>
      <ErrorSummary problem={problem} />
      <Choice id="seat" label={t("admin.seat")} value={g.seat} onChange={(e) => change({ seat: e.target.value })}>
        {seats.map((s) => (
          <option key={s.id} value={s.id}>
            {name(s)}
          </option>
        ))}
      </Choice>
      <OrganisationChoice
        label={t("admin.organisation")}
        choose={t("admin.choose")}
        list={list}
        value={g.organisation}
        error={faults.organisation}
        onChange={(organisation) => change({ organisation })}
      />
      <div className={office.row}>
        <Field
          id="from"
          type="date"
          label={t("admin.from")}
          value={g.from}
          error={faults.from}
          onChange={(e) => change({ from: e.target.value })}
        />
        <Field
          id="until"
          type="date"
          label={t("admin.last-day")}
          optional
          value={g.until}
          error={faults.until}
          onChange={(e) => change({ until: e.target.value })}
        />
      </div>
      <TextField
        id="note"
        label={t("admin.note")}
        hint={t("admin.note-hint")}
        optional
        rows={2}
        value={g.note}
        error={faults.note}
        onChange={(e) => change({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("admin.give")}
        </Button>
      </div>
    </form>
  );
}
