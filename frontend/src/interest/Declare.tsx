import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useNames, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { named, type Rules } from "../decision/data";
import { useTypedForm } from "../draft/useTyped";
import { useSession } from "../shell/session";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { standingKey } from "./data";

const none = { kind: "", on: "organisation", about: "", area: "", note: "", from: "", until: "" };

/** Declares a stake once, about an organisation or a state, a thematic area, or something that only the note says. */
export default function Declare({ rules }: { rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const toast = useToast();
  const queries = useQueryClient();
  const code = useSession().data?.hat?.code ?? "";
  const organisations = (useOrganisations().data ?? []).filter((o) => o.code !== code);
  const [said, change, forget] = useTypedForm("standing", none);
  const act = useAct(
    async (key: string, { kind, on, about, area, note, from, until }: typeof said) =>
      client.POST("/standing-interests", {
        params: { header: { "Idempotency-Key": key } },
        body: {
          kind,
          note,
          ...(on === "organisation" && about && { about }),
          ...(on === "area" && area && { area }),
          ...(from && { from }),
          ...(until && { until }),
        },
      }),
    async () => {
      await forget();
      toast(t("interest.declared"));
      await queries.invalidateQueries({ queryKey: standingKey });
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      head={
        <>
          <h2>{t("interest.declare")}</h2>
          <p>{t("interest.declare-lead", { organisation: name(code) })}</p>
        </>
      }
      act={act}
      names={{
        kind: t("interest.kind"),
        about: t("interest.organisation"),
        area: t("interest.area"),
        note: t("interest.note"),
        from: t("interest.from"),
        until: t("interest.until"),
      }}
      button={t("interest.do")}
      send={() => void act.run(said)}
    >
      <Choice id="kind" label={t("interest.kind")} error={wrong.kind} value={said.kind} onChange={(e) => change({ kind: e.target.value })}>
        <option value="">{t("list.choose")}</option>
        {rules.interests.map((i) => (
          <option key={i.key} value={i.key}>
            {named(i.name, language, i.key)}
          </option>
        ))}
      </Choice>
      <Choice id="on" label={t("interest.about")} value={said.on} onChange={(e) => change({ on: e.target.value })}>
        {["organisation", "area", "other"].map((on) => (
          <option key={on} value={on}>
            {t(`interest.about.${on}`)}
          </option>
        ))}
      </Choice>
      {said.on === "organisation" && (
        <Choice
          id="about"
          label={t("interest.organisation")}
          error={wrong.about}
          value={said.about}
          onChange={(e) => change({ about: e.target.value })}
        >
          <option value="">{t("list.choose")}</option>
          {organisations.map((o) => (
            <option key={o.id} value={o.id}>
              {o.name}
            </option>
          ))}
        </Choice>
      )}
      {said.on === "area" && (
        <Choice
          id="area"
          label={t("interest.area")}
          error={wrong.area}
          value={said.area}
          onChange={(e) => change({ area: e.target.value })}
        >
          <option value="">{t("list.choose")}</option>
          {rules.proposals.areas.map((a) => (
            <option key={a.key} value={a.key}>
              {named(a.name, language, a.key)}
            </option>
          ))}
        </Choice>
      )}
      <TextField
        id="note"
        rows={3}
        label={t("interest.note")}
        error={wrong.note}
        value={said.note}
        onChange={(e) => change({ note: e.target.value })}
      />
      <Field
        id="from"
        type="date"
        optional
        label={t("interest.from")}
        error={wrong.from}
        value={said.from}
        onChange={(e) => change({ from: e.target.value })}
      />
      <Field
        id="until"
        type="date"
        optional
        label={t("interest.until")}
        error={wrong.until}
        value={said.until}
        onChange={(e) => change({ until: e.target.value })}
      />
    </ActForm>
  );
}
