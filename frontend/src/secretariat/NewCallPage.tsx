import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { type Language, languageName, languages } from "../call/call";
import { ActForm } from "../decision/ActForm";
import { useRules } from "../decision/data";
import { useTypedForm } from "../draft/useTyped";
import { PageHead } from "../shell/PageHead";
import { Waiting } from "../shell/Trouble";
import { Choice, Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

/** A call is begun with its title; the rest is written step by step, in a draft that nobody else sees. */
export default function NewCallPage() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const rules = useRules().data;
  const [{ title, lang }, change, sent] = useTypedForm("call", { title: "", lang: language as Language });
  const create = useAct(
    async (key: string, body: { title: string; language: Language; areas: string[] }) =>
      (await client.POST("/calls", { params: { header: { "Idempotency-Key": key } }, body })).data!,
    async (call) => {
      await sent();
      await queries.invalidateQueries({ queryKey: ["calls"] });
      go(`/office/calls/${call.id}/write/words`);
    },
  );
  if (!rules) return <Waiting />;
  const wrong = faultsByField(create.problem);
  return (
    <>
      <PageHead title={t("round.new")} lead={t("callpage.new-lead")} crumbs={<Link href="/office/calls">{t("round.title")}</Link>} />
      <ActForm
        act={create}
        names={{ title: t("round.name"), language: t("callpage.language") }}
        button={t("callpage.begin")}
        send={() => void create.run({ title, language: lang, areas: rules.proposals.areas.map((a) => a.key) })}
      >
        <Choice id="language" label={t("callpage.language")} value={lang} onChange={(e) => change({ lang: e.target.value as Language })}>
          {languages.map((l) => (
            <option key={l} value={l}>
              {languageName(l, language)}
            </option>
          ))}
        </Choice>
        <Field
          id="title"
          label={t("round.name")}
          lang={lang}
          error={wrong.title}
          value={title}
          onChange={(e) => change({ title: e.target.value })}
        />
      </ActForm>
    </>
  );
}
