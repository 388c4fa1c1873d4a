import { useQueryClient } from "@tanstack/react-query";
import { client, versionOf } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { placeOf } from "../time/dates";
import { instantIn } from "../time/zoned";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** A later close of a call, with its reason. */
export default function Extending({ id }: { id: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ to, reason }, change, sent] = useTypedForm(`extension/${id}`, { to: "", reason: "" });
  const extend = useAct(
    async (key: string, body: { closes_at: string; reason: string }) =>
      client.POST("/calls/{id}/extension", {
        params: { path: { id }, header: { "Idempotency-Key": key, "If-Match": versionOf(`/calls/${id}`) ?? "" } },
        body,
      }),
    async () => {
      await sent();
      toast(t("round.extended"));
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  );
  const wrong = faultsByField(extend.problem);
  return (
    <ActForm
      head={
        <>
          <h2>{t("round.extend")}</h2>
          <p className={styles.quiet}>{t("round.extend-lead")}</p>
        </>
      }
      act={extend}
      names={{ closes_at: t("round.extend-to"), reason: t("round.extend-reason") }}
      button={t("round.extend")}
      tone="plain"
      send={() => void extend.run({ closes_at: instantIn(to, fund.zone), reason })}
    >
      <Field
        id="closes_at"
        type="datetime-local"
        dir="ltr"
        label={t("round.extend-to")}
        hint={t("round.time-hint", { place: placeOf(fund.zone, language) })}
        error={wrong.closes_at}
        value={to}
        onChange={(e) => change({ to: e.target.value })}
      />
      <TextField
        id="reason"
        rows={3}
        label={t("round.extend-reason")}
        error={wrong.reason}
        value={reason}
        onChange={(e) => change({ reason: e.target.value })}
      />
    </ActForm>
  );
}
