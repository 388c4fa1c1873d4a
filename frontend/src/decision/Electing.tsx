import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { unchosen, useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useSession } from "../shell/session";
import { Choice } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import type { Question } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// Of few items: their page has no room for these words itself.
await bringArea("electing");

/** Those in the room elect one of them to preside over an item that the Chair may not: who named whom, and who is elected. */
export default function Electing({ question: q, of: e }: { question: Question; of: NonNullable<Question["election"]> }) {
  const { t } = useWords();
  const { name } = useNames();
  const elected = e.names.findLast((x) => x.elected);
  return (
    <section className={`${styles.card} ${styles.tight}`} aria-labelledby="electing">
      <h2 id="electing">{t("electing.title")}</h2>
      <p role="status">{elected && !e.open ? t("electing.elected", { name: elected.name }) : t("electing.open", { count: e.needed })}</p>
      {e.names.length > 0 && (
        <ul className={styles.tight}>
          {e.names.map((x) => (
            <li key={x.seat + x.at + x.person}>{t("electing.named", { organisation: name(x.organisation), name: x.name })}</li>
          ))}
        </ul>
      )}
      {q.may.includes("chair.elect") && <Naming question={q} of={e} />}
    </section>
  );
}

function Naming({ question: q, of: e }: { question: Question; of: NonNullable<Question["election"]> }) {
  const { t } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const records = useSession().data?.hat?.role === "secretariat";
  const [person, setPerson] = useState("");
  const [seat, setSeat] = useState("");
  const act = within(
    useAct(
      async (key: string) =>
        client.POST("/questions/{id}/presider", {
          params: { path: { id: q.id }, header: { "Idempotency-Key": key } },
          body: { person: person || unchosen, ...(records && { seat: seat || unchosen }) },
        }),
      async () => {
        setPerson("");
        setSeat("");
        await Promise.all(["question", "meeting"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      },
    ),
    "electing",
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      act={act}
      names={{ "electing-person": t("electing.who"), "electing-seat": t("electing.for") }}
      button={t("electing.do")}
      plain
      send={() => void act.run()}
    >
      {records && (
        <Choice
          id="electing-seat"
          label={t("electing.for")}
          value={seat}
          error={wrong["electing-seat"]}
          onChange={(x) => setSeat(x.target.value)}
        >
          <option value="">{t("electing.choose")}</option>
          {e.among.map((p) => (
            <option key={p.seat} value={p.seat}>
              {name(p.organisation)}
            </option>
          ))}
        </Choice>
      )}
      <Choice
        id="electing-person"
        label={t("electing.who")}
        value={person}
        error={wrong["electing-person"]}
        onChange={(x) => setPerson(x.target.value)}
      >
        <option value="">{t("electing.choose")}</option>
        {e.among.map((p) => (
          <option key={p.person} value={p.person}>{`${name(p.organisation)}: ${p.name}`}</option>
        ))}
      </Choice>
    </ActForm>
  );
}
