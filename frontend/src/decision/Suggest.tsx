import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import { Choice, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import { named, type Question, type Rules, useSeats } from "./data";
import styles from "./decision.module.css";

/** The secretariat puts on record what it knows and nobody has declared. */
export default function Suggest({ question: q, rules }: { question: Question; rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const seats = useSeats().data ?? [];
  const [said, change, forget] = useTypedForm(`suggest/${q.id}`, { organisation: "", kind: "", note: "" });
  const act = useAct(
    async (key: string, body: typeof said) =>
      client.POST("/questions/{id}/suggestions", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await forget();
      await queries.invalidateQueries({ queryKey: ["question"] });
    },
  );
  const wrong = faultsByField(act.problem);
  const holders = [...new Set(seats.flatMap((s) => (s.holder ? [s.holder.code] : [])))];
  return (
    <details className={styles.more}>
      <summary>{t("interest.suggest")}</summary>
      <ActForm
        plain
        head={<p className={styles.quiet}>{t("interest.suggest-lead")}</p>}
        act={act}
        names={{ organisation: t("interest.organisation"), kind: t("interests.kind"), note: t("interests.note") }}
        button={t("interest.suggest-do")}
        send={() => void act.run(said)}
      >
        <Choice
          id="organisation"
          label={t("interest.organisation")}
          error={wrong.organisation}
          value={said.organisation}
          onChange={(e) => change({ organisation: e.target.value })}
        >
          <option value="">{t("list.choose")}</option>
          {holders.map((code) => (
            <option key={code} value={code}>
              {name(code)}
            </option>
          ))}
        </Choice>
        <Choice
          id="kind"
          label={t("interests.kind")}
          error={wrong.kind}
          value={said.kind}
          onChange={(e) => change({ kind: e.target.value })}
        >
          <option value="">{t("list.choose")}</option>
          {rules.interests.map((i) => (
            <option key={i.key} value={i.key}>
              {named(i.name, language, i.key)}
            </option>
          ))}
        </Choice>
        <TextField
          id="note"
          rows={3}
          label={t("interests.note")}
          error={wrong.note}
          value={said.note}
          onChange={(e) => change({ note: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
