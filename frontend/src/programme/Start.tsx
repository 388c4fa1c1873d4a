import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { useTypedForm } from "../draft/useTyped";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Programme, stale } from "./data";

/** The secretariat says that implementation has started. */
export default function Start({ programme: p }: { programme: Programme & { tag: string } }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ on, ends }, change, sent] = useTypedForm(`start/${p.id}`, { on: p.start_from ?? "", ends: "" });
  const start = useAct(
    async (key: string) =>
      client.POST("/programmes/{id}/start", {
        params: { path: { id: p.id }, header: { "If-Match": p.tag, "Idempotency-Key": key } },
        body: { ...(on ? { starts_on: on } : {}), ...(ends ? { ends_on: ends } : {}) },
      }),
    async () => {
      await sent();
      toast(t("life.started"));
      await Promise.all(stale(p.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(start.problem);
  return (
    <ActForm
      head={<h2>{t("life.start-title")}</h2>}
      act={start}
      names={{ starts_on: t("life.start"), ends_on: t("life.end") }}
      button={t("life.start-do")}
      send={() => void start.run()}
    >
      <Field
        id="starts_on"
        type="date"
        dir="ltr"
        label={t("life.start")}
        hint={t(p.start_from ? "life.start-hint-transfer" : "life.start-hint")}
        error={wrong.starts_on}
        value={on}
        onChange={(e) => change({ on: e.target.value })}
      />
      <Field
        id="ends_on"
        type="date"
        dir="ltr"
        optional
        label={t("life.end")}
        hint={t("life.end-hint")}
        error={wrong.ends_on}
        value={ends}
        onChange={(e) => change({ ends: e.target.value })}
      />
    </ActForm>
  );
}
