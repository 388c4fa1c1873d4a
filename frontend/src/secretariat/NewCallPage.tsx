import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { MoneyField } from "../money/MoneyField";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Waiting } from "../shell/Trouble";
import { placeOf } from "../time/dates";
import { instantIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

type Body = {
  title: string;
  text: string;
  opens_at: string;
  closes_at: string;
  areas: string[];
  ceiling?: { amount: string; currency: string };
};

/** The secretariat announces a call. */
export default function NewCallPage() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const rules = useRules().data;
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const [opens, setOpens] = useState("");
  const [closes, setCloses] = useState("");
  const [areas, setAreas] = useState<string[] | null>(null);
  const [ceiling, setCeiling] = useState<string | null>("");
  const [typed, setTyped] = useState("");
  const create = useAct(
    async (key: string, body: Body) =>
      (await client.POST("/calls", { params: { header: { "Idempotency-Key": key } }, body: body as never })).data!,
    async (call) => {
      await queries.invalidateQueries({ queryKey: ["calls"] });
      go(`/office/calls/${call.id}`);
    },
  );
  if (!rules) return <Waiting />;
  const wrong = faultsByField(create.problem);
  const chosen = areas ?? rules.proposals.areas.map((a) => a.key);
  const place = placeOf(fund.zone, language);
  return (
    <>
      <PageHead title={t("round.new")} crumbs={<Link href="/office/calls">{t("round.title")}</Link>} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void create.run({
            title,
            text,
            opens_at: instantIn(opens, fund.zone),
            closes_at: instantIn(closes, fund.zone),
            areas: chosen,
            // What is no amount is sent as it was typed: the server refuses it at its field.
            ...(typed.trim() === "" ? {} : { ceiling: { amount: ceiling ?? typed, currency: rules.currency } }),
          });
        }}
      >
        <ErrorSummary
          problem={create.problem}
          names={{
            title: t("round.name"),
            text: t("round.text"),
            opens_at: t("round.opens"),
            closes_at: t("round.closes"),
            areas: t("round.areas"),
            ceiling: t("round.ceiling", { currency: rules.currency }),
          }}
        />
        <Field id="title" label={t("round.name")} error={wrong.title} value={title} onChange={(e) => setTitle(e.target.value)} />
        <TextField id="text" label={t("round.text")} error={wrong.text} value={text} onChange={(e) => setText(e.target.value)} />
        <Field
          id="opens_at"
          type="datetime-local"
          dir="ltr"
          label={t("round.opens")}
          hint={t("round.time-hint", { place })}
          error={wrong.opens_at}
          value={opens}
          onChange={(e) => setOpens(e.target.value)}
        />
        <Field
          id="closes_at"
          type="datetime-local"
          dir="ltr"
          label={t("round.closes")}
          hint={t("round.time-hint", { place })}
          error={wrong.closes_at}
          value={closes}
          onChange={(e) => setCloses(e.target.value)}
        />
        <fieldset className={styles.checks} id="areas">
          <legend>
            <b>{t("round.areas")}</b>
          </legend>
          {wrong.areas && <p>{wrong.areas}</p>}
          {rules.proposals.areas.map((a) => (
            <label key={a.key} className={styles.check}>
              <input
                type="checkbox"
                checked={chosen.includes(a.key)}
                onChange={(e) => setAreas(e.target.checked ? [...chosen, a.key] : chosen.filter((k) => k !== a.key))}
              />
              <span>{named(a.name, language, a.key)}</span>
            </label>
          ))}
        </fieldset>
        <MoneyField
          id="ceiling"
          label={t("round.ceiling", { currency: rules.currency })}
          optional
          error={wrong.ceiling}
          value={ceiling}
          currency={rules.currency}
          onChange={(value, text) => {
            setCeiling(value);
            setTyped(text);
          }}
        />
        <div className={styles.acts}>
          <Button type="submit" tone="main" busy={create.busy}>
            {t("round.do")}
          </Button>
        </div>
      </form>
    </>
  );
}
