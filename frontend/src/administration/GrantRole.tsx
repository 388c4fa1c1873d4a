import type { FormEvent } from "react";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

// A focal point is named by the state's note, under Focal points.
const roles = [
  "applicant",
  "member",
  "coordinator",
  "secretariat",
  "agent-preparer",
  "agent-releaser",
  "organisation",
  "contributor",
  "auditor",
  "administrator",
  "expert",
] as const;

/** Granting somebody a role for an organisation, from a day. */
export default function GrantRole({ person }: { person: string }) {
  const { t } = useWords();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const none = { organisation: "", role: "applicant", capacity: "representative", from: today(), until: "", note: "" };
  const [m, setM] = useTyped(`role/${person}`, none);
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setM((now) => ({ ...now, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = {
      organisation: m.organisation || unchosen,
      role: m.role,
      ...(m.role === "member" ? { capacity: m.capacity } : {}),
      from: m.from,
      ...(m.until ? { until: m.until } : {}),
      note: m.note,
    };
    if (!(await run(`/people/${person}/memberships`, body))) return;
    toast(t("admin.granted"));
    setM(none);
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("admin.grant")}</h2>
      <ErrorSummary problem={problem} />
      <Choice id="role" label={t("admin.role")} value={m.role} error={faults.role} onChange={(e) => change({ role: e.target.value })}>
        {roles.map((r) => (
          <option key={r} value={r}>
            {t(`role.${r}`)}
          </option>
        ))}
      </Choice>
      <OrganisationChoice
        label={t("admin.organisation")}
        choose={t("admin.choose")}
        list={list}
        value={m.organisation}
        error={faults.organisation}
        onChange={(organisation) => change({ organisation })}
      />
      {m.role === "member" && (
        <Choice
          id="capacity"
          label={t("admin.capacity")}
          value={m.capacity}
          error={faults.capacity}
          onChange={(e) => change({ capacity: e.target.value })}
        >
          {(["representative", "alternate", "adviser"] as const).map((c) => (
            <option key={c} value={c}>
              {t(`admin.capacity.${c}`)}
            </option>
          ))}
        </Choice>
      )}
      <div className={office.row}>
        <Field
          id="from"
          type="date"
          label={t("admin.from")}
          value={m.from}
          error={faults.from}
          onChange={(e) => change({ from: e.target.value })}
        />
        <Field
          id="until"
          type="date"
          label={t("admin.until")}
          optional
          value={m.until}
          error={faults.until}
          onChange={(e) => change({ until: e.target.value })}
        />
      </div>
      <TextField
        id="note"
        label={t("admin.note")}
        hint={t("admin.note-hint")}
        rows={2}
        value={m.note}
        error={faults.note}
        onChange={(e) => change({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("admin.grant")}
        </Button>
      </div>
    </form>
  );
}
