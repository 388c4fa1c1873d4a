import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Choice, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Portfolio } from "./portfolio";

type Outcomes = components["schemas"]["ActOutcomes"];

/** The secretariat lists the chosen on a meeting's agenda, an item each: the body decides there. */
export default function Agenda({ of }: { of: Portfolio }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [{ meeting, text }, change, sent] = useTypedForm("portfolio/agenda", { meeting: "", text: "" });
  const [outcome, setOutcome] = useState<Outcomes>();
  const meetings = useQuery({
    queryKey: ["meetings", "to come"],
    queryFn: async () => (await client.GET("/meetings", { params: { query: { state: ["planned", "open"] } } })).data!,
  }).data;
  const act = useAct(
    async (key: string, to: string): Promise<Outcomes> =>
      (
        await client.POST("/meetings/{id}/listings", {
          params: { path: { id: to }, header: { "Idempotency-Key": key } },
          body: { ids: of.chosen.map((c) => c.proposal), kind: "grant", procedure: "consensus", text, language },
        })
      ).data as Outcomes,
    async (done: Outcomes) => {
      if (done.refused === 0) await sent(); // else it is mended and asked again
      setOutcome(done);
      await queries.invalidateQueries({ queryKey: ["meeting", meeting] });
    },
  );
  const wrong = Object.assign({}, ...(outcome?.outcomes ?? []).map((x) => faultsByField(x.problem)), faultsByField(act.problem));
  return (
    <ActForm
      head={<h2>{t("portfolio.agenda")}</h2>}
      act={act}
      names={{ meeting: t("portfolio.meeting"), text: t("portfolio.text") }}
      button={t("portfolio.list", { count: of.chosen.length })}
      send={() => {
        setOutcome(undefined);
        if (meeting) void act.run(meeting);
        else document.getElementById("meeting")?.focus();
      }}
    >
      <Choice
        id="meeting"
        label={t("portfolio.meeting")}
        required
        error={wrong.meeting}
        value={meeting}
        onChange={(e) => change({ meeting: e.target.value })}
      >
        <option value="">{t("portfolio.choose-meeting")}</option>
        {meetings?.map((m) => (
          <option key={m.id} value={m.id}>{`${m.ref} · ${m.title}`}</option>
        ))}
      </Choice>
      <TextField
        id="text"
        rows={3}
        lang={language}
        label={t("portfolio.text")}
        hint={t("portfolio.text-hint")}
        error={wrong.text}
        value={text}
        onChange={(e) => change({ text: e.target.value })}
      />
      {outcome && <p role="status">{t("portfolio.listed", { done: outcome.done, refused: outcome.refused })}</p>}
      {outcome?.outcomes.map(
        (x) =>
          x.problem && (
            <p key={x.id} className={styles.over}>
              <b>{x.problem.title}</b> {x.problem.detail}
            </p>
          ),
      )}
    </ActForm>
  );
}
