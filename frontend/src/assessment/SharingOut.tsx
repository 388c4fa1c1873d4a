import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Assessors, useNow } from "./assessors";

/** Who would be asked, by the rule and before anybody is; and what asks them. */
export function SharingOut({ file }: { file: Assessors }) {
  const { t, language } = useWords();
  const toast = useToast();
  const now = useNow(file.call);
  const [{ due }, change, forget] = useTypedForm(`sharing-out/${file.call}`, { due: file.least });
  const act = useAct(
    async (key: string, body: { due: string }) =>
      (await client.POST("/calls/{id}/assessors", { params: { path: { id: file.call }, header: { "Idempotency-Key": key } }, body })).data!,
    async (done: Assessors) => {
      await forget();
      now(done);
      toast(t("assessors.shared"));
    },
  );
  const seats = new Map(file.seats.map((s) => [s.id, s.organisation.name]));
  const list = new Intl.ListFormat(language);
  return (
    <ActForm
      head={
        <>
          <h2>{t("assessors.next")}</h2>
          <p>{t("assessors.rule")}</p>
        </>
      }
      act={act}
      names={{ due: t("assessors.due") }}
      button={t("assessors.share", { count: file.proposed.length })}
      send={() => void act.run({ due })}
    >
      <ul className={styles.tight}>
        {file.proposals.map((p) => {
          const given = file.proposed.filter((x) => x.proposal === p.proposal);
          return (
            given.length > 0 && (
              <li key={p.proposal}>
                {t("assessors.would", { ref: p.ref, seats: list.format(given.map((x) => seats.get(x.seat) ?? "")), count: given.length })}
              </li>
            )
          );
        })}
      </ul>
      <Field
        id="due"
        type="date"
        label={t("assessors.due")}
        hint={t("assessors.due-hint", { count: file.days })}
        min={file.least}
        error={faultsByField(act.problem).due}
        value={due}
        onChange={(e) => change({ due: e.target.value })}
      />
    </ActForm>
  );
}
