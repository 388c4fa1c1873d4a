import { useState } from "react";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import office from "./Office.module.css";
import { useAct } from "./office";
import { Sum } from "./parts";
import type { Line } from "./reconcile";

const incomes = ["interest", "organisation-interest", "other-income"] as const;
type Kind = (typeof incomes)[number] | "bank-charge";

/** Booking what the bank alone tells of: interest, other income, a charge; what went out is a charge. */
export default function BookLine({ line, onClose }: { line: Line; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const out = line.amount.amount.startsWith("-");
  const [kind, setKind] = useState<Kind>(out ? "bank-charge" : "interest");
  const [organisation, setOrganisation] = useState("");
  const [reason, setReason, sent] = useTyped(`booking/${line.id}`, "");
  const { run, busy, problem } = useAct();
  const faults = faultsByField(problem);
  const named = kind === "organisation-interest" || kind === "other-income";
  const list = useOrganisations().data ?? [];
  return (
    <Dialog
      title={t("booking.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone="main"
            busy={busy}
            onClick={async () => {
              const of = named ? { organisation: organisation || unchosen } : {};
              if (!(await run(`/bank-lines/${line.id}/booking`, { kind, reason, ...of }))) return;
              await sent();
              toast(t("booking.done"));
              onClose();
            }}
          >
            {t("booking.save")}
          </Button>
        </>
      }
    >
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <p>
          {t("booking.lead")} <Sum of={line.amount} named strong /> · <Day value={line.value_on} />
        </p>
        <Radios
          id="kind"
          label={t("booking.what")}
          value={kind}
          error={faults.kind}
          onChange={setKind}
          options={(out ? (["bank-charge"] as const) : ([...incomes, "bank-charge"] as const)).map((value) => ({
            value,
            label: t(`booking.kind.${value}`),
          }))}
        />
        {named && (
          <OrganisationChoice
            id="organisation"
            label={t("booking.of")}
            choose={t("booking.choose")}
            list={list}
            value={organisation}
            error={faults.organisation}
            onChange={setOrganisation}
          />
        )}
        <TextField
          id="reason"
          label={t("office.reason")}
          rows={3}
          value={reason}
          error={faults.reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </div>
    </Dialog>
  );
}
