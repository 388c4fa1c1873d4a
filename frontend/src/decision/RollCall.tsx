import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import type { Arithmetic, Question } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// Of votes alone: the item's page has no room for these words itself.
await bringArea("chairing");

/** Of a vote that is open: who in the room has not answered, and who was called and did not; the Chair records the latter. */
export default function RollCall({ question: q, counted: n }: { question: Question; counted: Arithmetic }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const owing = n.seats.filter((s) => s.silent && !s.unanswered);
  const missed = n.seats.filter((s) => s.unanswered);
  const list = (seats: typeof owing) => new Intl.ListFormat(language).format(seats.map((s) => name(s.organisation)));
  if (owing.length === 0 && missed.length === 0) return null;
  return (
    <section className={styles.tight} aria-labelledby="roll-call">
      <h2 id="roll-call">{t("chairing.roll-call")}</h2>
      {owing.length > 0 && <p role="status">{t("chairing.owing", { seats: list(owing) })}</p>}
      {missed.length > 0 && <p>{t("chairing.missed", { seats: list(missed) })}</p>}
      {q.may.includes("rollcall.note") && <Noting question={q} owing={owing} />}
    </section>
  );
}

function Noting({ question: q, owing }: { question: Question; owing: Arithmetic["seats"] }) {
  const { t } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState<string[]>([]);
  const act = within(
    useAct(
      async (key: string, seats: string[]) =>
        client.POST("/questions/{id}/roll-call", {
          params: { path: { id: q.id }, header: { "Idempotency-Key": key } },
          body: { seats },
        }),
      async () => {
        setChosen([]);
        await queries.invalidateQueries({ queryKey: ["question"] });
      },
    ),
    "roll",
  );
  const wrong = faultsByField(act.problem)["roll-seats"];
  const still = owing.filter((s) => chosen.includes(s.seat)).map((s) => s.seat); // whoever has answered since is out
  return (
    <ActForm
      head={<p className={styles.quiet}>{t("chairing.note-lead")}</p>}
      act={act}
      names={{ "roll-seats": t("chairing.called") }}
      button={t("chairing.note")}
      send={() => void act.run(still)}
    >
      <fieldset id="roll-seats" tabIndex={-1} className={styles.checks} aria-describedby={wrong ? "roll-seats-error" : undefined}>
        <legend className={styles.who}>{t("chairing.called")}</legend>
        {wrong && <p id="roll-seats-error">{wrong}</p>}
        {owing.map((s) => (
          <label key={s.seat}>
            <input
              type="checkbox"
              checked={chosen.includes(s.seat)}
              onChange={(e) => setChosen(e.target.checked ? [...chosen, s.seat] : chosen.filter((x) => x !== s.seat))}
            />{" "}
            <bdi>{name(s.organisation)}</bdi>
          </label>
        ))}
      </fieldset>
    </ActForm>
  );
}
