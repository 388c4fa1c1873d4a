import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { latin } from "../money/money";
import Tranche from "../money-office/Tranche";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

type Part = components["schemas"]["ExpenditurePart"];

/** The tranche that is asked for next of an organisation's part, and another plan for it. */
export default function Tranches({ programme, organisation }: { programme: string; organisation: string }) {
  const parts = useRead<Part[]>(`/programmes/${programme}/expenditures`);
  const part = parts.data?.find((p) => p.organisation.id === organisation);
  if (!part) return null;
  return (
    <>
      <Tranche of={part.tranches.next} plain />
      {part.may.includes("tranches.plan") && <Plan key={`${organisation}-${part.tranches.plan.n}`} programme={programme} of={part} />}
    </>
  );
}

/** "70, 30" or "50 50" or "٧٠، ٣٠" as whole numbers; what is none is 0, which the server refuses at its place. */
export const partsOf = (text: string) =>
  latin(text)
    .split(/[^0-9.]+/)
    .filter((x) => x !== "")
    .map((x) => (/^\d{1,3}$/.test(x) ? Number(x) : 0));

function Plan({ programme, of: part }: { programme: string; of: Part }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const plan = part.tranches.plan;
  const [v, set, sent] = useTypedForm(`tranches/${programme}/${part.organisation.id}`, { parts: plan.parts.join(", "), reason: "" });
  const act = useAct(
    async (key: string, body: typeof v) =>
      client.POST("/programmes/{id}/tranches", {
        params: { path: { id: programme }, header: { "Idempotency-Key": key } },
        body: { organisation: part.organisation.id, parts: partsOf(body.parts), reason: body.reason.trim(), after: plan.n },
      }),
    async () => {
      await sent();
      toast(t("tranche.planned"));
      await queries.invalidateQueries({ queryKey: [`/programmes/${programme}/expenditures`] });
    },
  );
  const wrong = faultsByField(act.problem);
  const fault = wrong.parts ?? Object.entries(wrong).find(([field]) => field.startsWith("parts-"))?.[1];
  return (
    <details className={styles.more}>
      <summary>{t("tranche.plan")}</summary>
      <p className={styles.quiet}>{plan.n === 0 ? t("tranche.plan-charter") : plan.reason}</p>
      <ActForm
        plain
        label={t("tranche.plan")}
        act={act}
        names={{ parts: t("tranche.parts"), reason: t("tranche.reason") }}
        button={t("tranche.plan-do")}
        tone="plain"
        send={() => void act.run(v)}
      >
        <Field
          id="parts"
          label={t("tranche.parts")}
          hint={t("tranche.parts-hint")}
          value={v.parts}
          error={fault}
          onChange={(e) => set({ parts: e.target.value })}
        />
        <Field
          id="reason"
          label={t("tranche.reason")}
          value={v.reason}
          error={wrong.reason}
          onChange={(e) => set({ reason: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
