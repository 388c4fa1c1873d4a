import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { ActForm } from "./ActForm";

/** Sets one interest in an item aside, with a reason that stays. */
export default function Dismiss({
  question,
  of,
  done,
}: {
  question: string;
  of: { organisation: string; kind: string };
  done: () => void;
}) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ reason }, change, forget] = useTypedForm(`dismiss/${question}/${of.organisation}/${of.kind}`, { reason: "" });
  const act = useAct(
    async (key: string, body: { organisation: string; kind: string; reason: string }) =>
      client.POST("/questions/{id}/dismissals", { params: { path: { id: question }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await forget();
      done();
      toast(t("interest.dismissed-now"));
      await queries.invalidateQueries({ queryKey: ["question"] });
    },
  );
  return (
    <ActForm
      plain
      act={act}
      names={{ reason: t("interest.reason") }}
      button={t("interest.dismiss")}
      send={() => void act.run({ organisation: of.organisation, kind: of.kind, reason })}
      leave={done}
    >
      <TextField
        id="reason"
        rows={3}
        label={t("interest.reason")}
        hint={t("interest.reason-hint")}
        error={faultsByField(act.problem).reason}
        value={reason}
        onChange={(e) => change({ reason: e.target.value })}
      />
    </ActForm>
  );
}
