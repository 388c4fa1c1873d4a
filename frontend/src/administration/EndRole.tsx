import { useState } from "react";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useAct } from "../money-office/office";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** Ending a role on a day. */
export default function EndRole({ membership, onClose }: { membership: Schemas["Membership"]; onClose: () => void }) {
  const { t } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [on, setOn] = useState(today());
  return (
    <Dialog
      title={t("admin.end-title", { role: t(`role.${membership.role}`), organisation: short(membership.code) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button
            tone="danger"
            busy={busy}
            onClick={async () => {
              if (!(await run(`/memberships/${membership.id}/ending`, { on }))) return;
              toast(t("admin.ended"));
              onClose();
            }}
          >
            {t("admin.end")}
          </Button>
        </>
      }
    >
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <p>{t("admin.end-lead")}</p>
        <Field
          id="on"
          type="date"
          label={t("admin.last-day")}
          value={on}
          error={faultsByField(problem).on}
          onChange={(e) => setOn(e.target.value)}
        />
      </div>
    </Dialog>
  );
}
