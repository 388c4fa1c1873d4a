import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { type Language, languageName, languages } from "../call/call";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

/** A call is begun with its title; the rest is written step by step, in a draft that nobody else sees. */
export default function NewCallPage() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const rules = useRules().data;
  const [title, setTitle] = useState("");
  const [lang, setLang] = useState(language as Language);
  const create = useAct(
    async (key: string, body: { title: string; language: Language; areas: string[] }) =>
      (await client.POST("/calls", { params: { header: { "Idempotency-Key": key } }, body })).data!,
    async (call) => {
      await queries.invalidateQueries({ queryKey: ["calls"] });
      go(`/office/calls/${call.id}/write/words`);
    },
  );
  if (!rules) return <Waiting />;
  const wrong = faultsByField(create.problem);
  return (
    <>
      <PageHead title={t("round.new")} lead={t("callpage.new-lead")} crumbs={<Link href="/office/calls">{t("round.title")}</Link>} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void create.run({ title, language: lang, areas: rules.proposals.areas.map((a) => a.key) });
        }}
      >
        <ErrorSummary problem={create.problem} names={{ title: t("round.name"), language: t("callpage.language") }} />
        <Choice id="language" label={t("callpage.language")} value={lang} onChange={(e) => setLang(e.target.value as Language)}>
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
          onChange={(e) => setTitle(e.target.value)}
        />
        <div className={styles.acts}>
          <Button type="submit" tone="main" busy={create.busy}>
            {t("callpage.begin")}
          </Button>
        </div>
      </form>
    </>
  );
}
