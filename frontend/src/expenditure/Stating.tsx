import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { named } from "../decision/data";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { sum } from "../money/money";
import { today } from "../money-office/office";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Part, Rules } from "./data";

/** An organisation states a year: each line of the budget, what is provisional apart from what is certified. */
export default function Stating({ programme, part, rules }: { programme: string; part: Part; rules: Rules }) {
  const { t, language } = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const now = Number(today().slice(0, 4));
  const years = Array.from({ length: now - part.first_year + 1 }, (_, n) => String(now - n));
  const owed = part.owed[0];
  const back = part.statements.find((s) => s.year === owed && s.state === "returned");
  const [v, set, sent] = useTypedForm(`expenditure/${programme}`, {
    year: owed ? String(owed) : (years[0] ?? ""),
    kind: owed ? "certified" : "provisional",
    officer: back?.officer ?? "",
    explanation: back?.explanation ?? "",
    committed: "",
    lines: Object.fromEntries(Object.entries(back?.lines ?? {}).map(([key, m]) => [key, m.amount])) as Record<string, string>,
  });
  const currency = part.net_funded.currency;
  const keys = rules.proposals.budget.lines.map((l) => l.key);
  const act = useAct(
    async (key: string, body: typeof v) =>
      client.POST("/programmes/{id}/expenditures", {
        params: { path: { id: programme }, header: { "Idempotency-Key": key } },
        body: {
          year: Number(body.year),
          certified: body.kind === "certified",
          officer: body.officer.trim(),
          explanation: body.explanation.trim(),
          ...(body.kind === "provisional" && body.committed ? { committed: { amount: body.committed, currency } } : {}),
          language,
          lines: Object.fromEntries(keys.flatMap((k) => (body.lines[k] ? [[k, { amount: body.lines[k], currency }]] : []))),
        },
      }),
    async () => {
      await sent();
      toast(t("expenditure.stated"));
      await queries.invalidateQueries({ queryKey: [`/programmes/${programme}/expenditures`] });
    },
  );
  const wrong = faultsByField(act.problem);
  const name = (key: string) => named(rules.proposals.budget.lines.find((l) => l.key === key)?.name, language, key);
  return (
    <ActForm
      head={
        <>
          <h3>{t("expenditure.state-it")}</h3>
          <p>{t(back ? "expenditure.begins-from" : "expenditure.state-lead")}</p>
        </>
      }
      act={act}
      names={{
        year: t("expenditure.year"),
        officer: t("expenditure.officer"),
        explanation: t("expenditure.explanation"),
        committed: t("expenditure.committed"),
        ...Object.fromEntries(keys.map((k) => [`lines-${k}`, name(k)])),
      }}
      button={t("expenditure.send")}
      send={() => void act.run(v)}
    >
      <Choice id="year" label={t("expenditure.year")} value={v.year} error={wrong.year} onChange={(e) => set({ year: e.target.value })}>
        {years.map((y) => (
          <option key={y}>{y}</option>
        ))}
      </Choice>
      <Choice
        id="kind"
        label={t("expenditure.kind")}
        hint={t("expenditure.kind-hint")}
        value={v.kind}
        onChange={(e) => set({ kind: e.target.value })}
      >
        <option value="provisional">{t("expenditure.provisional")}</option>
        <option value="certified">{t("expenditure.certified")}</option>
      </Choice>
      {v.kind === "certified" && (
        <Field
          id="officer"
          label={t("expenditure.officer")}
          value={v.officer}
          error={wrong.officer}
          onChange={(e) => set({ officer: e.target.value })}
        />
      )}
      {keys.map((k) => (
        <MoneyField
          key={k}
          id={`lines-${k}`}
          label={name(k)}
          currency={currency}
          value={v.lines[k] ?? ""}
          error={wrong[`lines-${k}`]}
          onChange={(amount) => set({ lines: { ...v.lines, [k]: amount ?? "" } })}
        />
      ))}
      <p>
        {t("expenditure.total")} <Amount value={sum(keys.map((k) => v.lines[k] || "0"))} /> {currency}
      </p>
      {v.kind === "provisional" && (
        <MoneyField
          id="committed"
          label={t("expenditure.committed")}
          hint={t("expenditure.committed-hint")}
          currency={currency}
          value={v.committed}
          error={wrong.committed}
          onChange={(amount) => set({ committed: amount ?? "" })}
        />
      )}
      <TextField
        id="explanation"
        rows={3}
        optional
        label={t("expenditure.explanation")}
        hint={t("expenditure.explanation-hint")}
        value={v.explanation}
        error={wrong.explanation}
        onChange={(e) => set({ explanation: e.target.value })}
      />
    </ActForm>
  );
}
