import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { useTypedForm } from "../draft/useTyped";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Standing, standingKey } from "./data";

/** Ends a standing interest with its last day. */
export default function End({ of, done }: { of: Standing; done: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const [said, change, forget] = useTypedForm(`standing-end/${of.id}`, { last: "", note: "" });
  const act = useAct(
    async (key: string, body: typeof said) =>
      client.POST("/standing-interests/{id}/ending", { params: { path: { id: of.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await forget();
      done();
      toast(t("interest.ended"));
      await queries.invalidateQueries({ queryKey: standingKey });
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      plain
      act={act}
      names={{ last: t("interest.last"), note: t("interest.end-note") }}
      button={t("interest.end")}
      send={() => void act.run(said)}
      leave={done}
    >
      <Field
        id="last"
        type="date"
        label={t("interest.last")}
        error={wrong.last}
        value={said.last}
        onChange={(e) => change({ last: e.target.value })}
      />
      <TextField
        id="note"
        rows={2}
        optional
        label={t("interest.end-note")}
        error={wrong.note}
        value={said.note}
        onChange={(e) => change({ note: e.target.value })}
      />
    </ActForm>
  );
}
