import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { unchosen } from "../api/organisations";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { useTypedForm } from "../draft/useTyped";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Advice, type Asked, adviceKey, type Language } from "./data";
import { Tongue } from "./Tongue";

type Body = components["schemas"]["NewAdviceRequest"];

/** Asks an organisation's experts, or one by name; those that lead on an objective of the proposal are named first, with why. */
export default function AskAdvice({ p, file, done }: { p: Asked; file: Advice; done: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const first = file.bodies.find((b) => b.leads.length > 0 && b.experts.length > 0 && b.stakes.length === 0 && !b.asked);
  const [asked, change, forget] = useTypedForm(`advice-asked/${p.id}`, {
    organisation: first?.organisation.id ?? "",
    person: "",
    language: language as Language,
    text: "",
    due: file.least,
  });
  const { organisation, person } = asked;
  const act = useAct(
    async (key: string, body: Body) =>
      (await client.POST("/proposals/{id}/advice", { params: { path: { id: p.id }, header: { "Idempotency-Key": key } }, body })).data!,
    async (now: Advice) => {
      await forget();
      queries.setQueryData(adviceKey(p.id), now);
      toast(t("advice.asked"));
      done();
    },
  );
  const wrong = faultsByField(act.problem);
  const list = new Intl.ListFormat(language);
  const why = (b: Advice["bodies"][number]) =>
    [
      b.organisation.name,
      b.leads.length > 0 ? t("advice.leads", { objectives: list.format(b.leads.map(String)) }) : "",
      b.stakes.length > 0 ? t("advice.stake") : b.experts.length === 0 ? t("advice.no-expert") : b.asked ? t("advice.asked-already") : "",
    ]
      .filter(Boolean)
      .join(" · ");
  const groups = [
    { name: t("advice.leading"), bodies: file.bodies.filter((b) => b.leads.length > 0) },
    { name: t("advice.others"), bodies: file.bodies.filter((b) => b.leads.length === 0) },
  ].filter((g) => g.bodies.length > 0);
  return (
    <ActForm
      head={<h3>{t("advice.ask")}</h3>}
      act={act}
      names={{
        organisation: t("advice.organisation"),
        person: t("advice.person"),
        text: t("advice.on"),
        due: t("advice.due"),
        language: t("review.language"),
      }}
      button={t("advice.ask")}
      send={() => {
        const { person, ...rest } = asked;
        void act.run({ ...rest, organisation: organisation || unchosen, ...(person ? { person } : {}) });
      }}
      leave={done}
    >
      <Choice
        id="organisation"
        label={t("advice.organisation")}
        hint={t("advice.organisation-hint")}
        error={wrong.organisation}
        value={organisation}
        onChange={(e) => change({ organisation: e.target.value, person: "" })}
      >
        <option value="">{t("advice.choose")}</option>
        {groups.map((g) => (
          <optgroup key={g.name} label={g.name}>
            {g.bodies.map((b) => (
              <option key={b.organisation.id} value={b.organisation.id} disabled={b.stakes.length > 0 || b.experts.length === 0}>
                {why(b)}
              </option>
            ))}
          </optgroup>
        ))}
      </Choice>
      <Choice
        id="person"
        label={t("advice.person")}
        error={wrong.person}
        value={person}
        onChange={(e) => change({ person: e.target.value })}
      >
        <option value="">{t("advice.anybody")}</option>
        {file.bodies
          .find((b) => b.organisation.id === organisation)
          ?.experts.map((x) => (
            <option key={x.id} value={x.id}>
              {x.name}
            </option>
          ))}
      </Choice>
      <Tongue id="language" value={asked.language} onChange={(language) => change({ language })} />
      <TextField
        id="text"
        label={t("advice.on")}
        error={wrong.text}
        value={asked.text}
        onChange={(e) => change({ text: e.target.value })}
      />
      <Field
        id="due"
        type="date"
        label={t("advice.due")}
        min={file.least}
        error={wrong.due}
        value={asked.due}
        onChange={(e) => change({ due: e.target.value })}
      />
    </ActForm>
  );
}
