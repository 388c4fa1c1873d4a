import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { unchosen, useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button/Button";
import { Choice } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import type { Meeting } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// Before a meeting opens: its page has no room for these words itself.
await bringArea("chairing");

/** Who is to preside over a meeting that has not opened: named by the Coordinator, replaced or taken back. */
export default function Designee({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const names = m.may.includes("meeting.designate");
  if (!m.presiding && !names) return null;
  return (
    <section className={styles.tight} aria-labelledby="designee">
      <h2 id="designee">{t("chairing.designee")}</h2>
      <p role="status">{m.presiding ? t("chairing.designated", { name: m.presiding_name }) : t("chairing.nobody")}</p>
      {names && <Naming meeting={m} />}
    </section>
  );
}

function Naming({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState("");
  const people = useQuery({
    queryKey: ["meeting", m.id, "accredited"],
    queryFn: async () => (await client.GET("/meetings/{id}/accredited", { params: { path: { id: m.id } } })).data!,
  });
  const act = within(
    useAct(
      async (key: string, person: string | null) =>
        client.POST("/meetings/{id}/presiding", { params: { path: { id: m.id }, header: { "Idempotency-Key": key } }, body: { person } }),
      async () => {
        setChosen("");
        await queries.invalidateQueries({ queryKey: ["meeting", m.id] });
      },
    ),
    "designee",
  );
  return (
    <ActForm
      head={<p className={styles.quiet}>{t("chairing.designate-lead")}</p>}
      act={act}
      names={{ "designee-person": t("chairing.designate-who") }}
      button={t("chairing.designate")}
      send={() => void act.run(chosen || unchosen)}
    >
      <Choice
        id="designee-person"
        label={t("chairing.designate-who")}
        value={chosen}
        error={faultsByField(act.problem)["designee-person"]}
        onChange={(e) => setChosen(e.target.value)}
      >
        <option value="">{t("chairing.choose")}</option>
        {(people.data ?? [])
          .filter((p, i, all) => p.person !== m.presiding && all.findIndex((o) => o.person === p.person) === i)
          .map((p) => (
            <option key={p.person} value={p.person}>{`${name(p.organisation)}: ${p.name}`}</option>
          ))}
      </Choice>
      {m.presiding && (
        <div className={styles.acts}>
          <Button busy={act.busy} onClick={() => void act.run(null)}>
            {t("chairing.take-back")}
          </Button>
        </div>
      )}
    </ActForm>
  );
}
