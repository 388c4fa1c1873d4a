import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { sum } from "../money/money";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { Drift } from "./Drift";
import { type Kind, type Programme, stale } from "./data";

type Cell = { organisation: string; line: string; year: number; amount: string | null; typed: string };

/** A request for a change: what, why, and, where it needs them, the new end and the new plan. */
export default function AskForm({ programme: p, rules, short }: { programme: Programme; rules: Rules; short: (code: string) => string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const budgeted = p.budget.length > 0;
  const before: Cell[] = budgeted
    ? p.budget.map((c) => ({ organisation: c.organisation, line: c.line, year: c.year, amount: c.amount.amount, typed: c.amount.amount }))
    : p.shares.map((s) => ({ organisation: s.organisation, line: "", year: 0, amount: s.amount.amount, typed: s.amount.amount }));
  const [typed, set, sent] = useTypedForm(`change/${p.id}`, { kind: "" as Kind | "", reason: "", ends: "", cells: before });
  const { kind, reason, ends, cells } = typed;
  const [more, setMore] = useState({ organisation: "", line: "", year: "1" });
  const plan = kind === "budget-revision" || kind === "cost-extension";
  const days = kind === "no-cost-extension" || kind === "cost-extension";
  const ask = useAct(
    async (key: string) => {
      const money = (c: Cell) => ({ amount: c.amount ?? c.typed, currency: rules.currency });
      return client.POST("/programmes/{id}/change-requests", {
        params: { path: { id: p.id }, header: { "Idempotency-Key": key } },
        body: {
          kind: kind as Kind,
          reason,
          language,
          ...(days && ends ? { ends_on: ends } : {}),
          ...(plan && budgeted
            ? { budget: cells.map((c) => ({ organisation: c.organisation, line: c.line, year: c.year, amount: money(c) })) }
            : plan
              ? { shares: cells.map((c) => ({ organisation: c.organisation, amount: money(c) })) }
              : {}),
        },
      });
    },
    async () => {
      await sent();
      toast(t("ask.done"));
      await Promise.all(stale(p.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(ask.problem);
  const called = (id: string) => short(p.shares.find((s) => s.organisation === id)?.code ?? id);
  const line = (key: string) => named(rules.proposals.budget.lines.find((l) => l.key === key)?.name, language, key);
  const label = (c: Cell) =>
    c.line ? t("ask.cell", { organisation: called(c.organisation), line: line(c.line), year: c.year }) : called(c.organisation);
  const share = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Number(rules.proposals.budget.revision_share) * 100);
  const readable = cells.every((c) => c.amount);
  const approved = sum(p.shares.map((s) => s.amount.amount));
  const change = (n: number, amount: string | null, typed: string) =>
    set({ cells: cells.map((c, i) => (i === n ? { ...c, amount, typed } : c)) });
  const field = (n: number) => wrong[`${budgeted ? "budget" : "shares"}-${n}-amount`];
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void ask.run();
      }}
    >
      <h2>{t("ask.title")}</h2>
      <ErrorSummary
        problem={ask.problem}
        names={{ kind: t("ask.kind"), reason: t("ask.reason"), ends_on: t("life.new-end"), shares: t("ask.plan"), budget: t("ask.plan") }}
      />
      <Choice
        id="kind"
        label={t("ask.kind")}
        hint={t("ask.hint")}
        error={wrong.kind}
        value={kind}
        onChange={(e) => set({ kind: e.target.value as Kind })}
      >
        <option value="">{t("ask.choose")}</option>
        {p.askable.map((k) => (
          <option key={k} value={k}>
            {t(`life.kind.${k}`)}
          </option>
        ))}
      </Choice>
      {kind && <p className={styles.quiet}>{t(`ask.means.${kind}`)}</p>}
      {days && (
        <Field
          id="ends_on"
          type="date"
          dir="ltr"
          label={t("life.new-end")}
          optional={kind === "cost-extension"}
          error={wrong.ends_on}
          value={ends}
          onChange={(e) => set({ ends: e.target.value })}
        />
      )}
      {kind === "budget-revision" && (
        <>
          <p className={styles.quiet}>
            {t("ask.drift-hint", { share, number: p.fixed ?? "" })} {p.drift.length === 0 && t("ask.drift-none")}
          </p>
          {p.drift.length > 0 && <Drift moves={p.drift} rules={rules} short={short} />}
        </>
      )}
      {plan && (
        <section id={budgeted ? "budget" : "shares"} className={`${styles.card} ${styles.stack}`} tabIndex={-1}>
          <h3>{t("ask.plan")}</h3>
          {(wrong.shares ?? wrong.budget) && <p>{wrong.shares ?? wrong.budget}</p>}
          {cells.map((c, n) => (
            <MoneyField
              key={`${c.organisation} ${c.line} ${c.year}`}
              id={`${budgeted ? "budget" : "shares"}-${n}-amount`}
              label={<bdi>{label(c)}</bdi>}
              error={field(n)}
              value={c.amount}
              currency={rules.currency}
              onChange={(amount, typed) => change(n, amount, typed)}
            />
          ))}
          {budgeted && (
            <details className={styles.more}>
              <summary>{t("ask.more")}</summary>
              <div className={styles.tight}>
                <Choice
                  id="more-organisation"
                  label={t("life.organisation")}
                  value={more.organisation}
                  onChange={(e) => setMore({ ...more, organisation: e.target.value })}
                >
                  <option value="">{t("ask.choose")}</option>
                  {p.shares.map((s) => (
                    <option key={s.organisation} value={s.organisation}>
                      {short(s.code)}
                    </option>
                  ))}
                </Choice>
                <Choice
                  id="more-line"
                  label={t("life.line")}
                  value={more.line}
                  onChange={(e) => setMore({ ...more, line: e.target.value })}
                >
                  <option value="">{t("ask.choose")}</option>
                  {rules.proposals.budget.lines.map((l) => (
                    <option key={l.key} value={l.key}>
                      {line(l.key)}
                    </option>
                  ))}
                </Choice>
                <Field
                  id="more-year"
                  label={t("ask.year")}
                  inputMode="numeric"
                  value={more.year}
                  onChange={(e) => setMore({ ...more, year: e.target.value })}
                />
                <div className={styles.acts}>
                  <Button
                    disabled={
                      !more.organisation ||
                      !more.line ||
                      !(Number(more.year) > 0) ||
                      cells.some((c) => c.organisation === more.organisation && c.line === more.line && c.year === Number(more.year))
                    }
                    onClick={() =>
                      set({
                        cells: [
                          ...cells,
                          { organisation: more.organisation, line: more.line, year: Number(more.year), amount: "0.00", typed: "0.00" },
                        ],
                      })
                    }
                  >
                    {t("ask.add")}
                  </Button>
                </div>
              </div>
            </details>
          )}
          <p role="status">
            {t("ask.total")}{" "}
            {readable ? <Amount value={sum(cells.map((c) => c.amount!))} currency={rules.currency} strong /> : t("ask.unreadable")}{" "}
            {t("ask.approved")} <Amount value={approved} currency={rules.currency} />
          </p>
        </section>
      )}
      <TextField
        id="reason"
        label={t("ask.reason")}
        hint={t("ask.reason-hint")}
        error={wrong.reason}
        value={reason}
        onChange={(e) => set({ reason: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={ask.busy} disabled={kind === ""}>
          {t("ask.do")}
        </Button>
      </div>
    </form>
  );
}
