import type { FormEvent } from "react";
import { Link, useLocation } from "wouter";
import { unchosen, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { named, useRules } from "../decision/data";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { isZero } from "../money/money";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { PageHead } from "../shell/PageHead";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { CurrencyChoice, useRates } from "./CurrencyChoice";
import styles from "./Office.module.css";
import { type Schemas, today, useAct, useRead } from "./office";
import { less, total, worth } from "./reckon";

type Part = { key: number; due_on: string; amount: string | null };

/** Recording what a contributor committed itself to, with the days on which it pays. */
export default function NewAgreementPage() {
  const { t, language } = useWords();
  const rules = useRules();
  const toast = useToast();
  const [, go] = useLocation();
  const list = useOrganisations().data ?? [];
  const books = useRead<Schemas["Statement"]>("/statement");
  const own = books.data?.currency ?? "USD";
  const { run, busy, problem } = useAct();
  const [typed, setTyped, sent] = useTypedForm("agreement", {
    contributor: "",
    amount: "" as string | null,
    earmark: "",
    rate: "",
    signed: today(),
    document: "",
    parts: [{ key: 0, due_on: "", amount: "" }] as Part[],
    currency: "",
  });
  const currency = typed.currency || own;
  const rates = useRates(typed.signed, true);
  const value = worth(typed.amount, currency, rates.get(currency)?.per_usd, own);
  const { contributor, amount, earmark, rate, signed, document, parts } = typed;
  const setContributor = (contributor: typeof typed.contributor) => setTyped({ contributor });
  const setAmount = (amount: typeof typed.amount) => setTyped({ amount });
  const setEarmark = (earmark: typeof typed.earmark) => setTyped({ earmark });
  const setRate = (rate: typeof typed.rate) => setTyped({ rate });
  const setSigned = (signed: typeof typed.signed) => setTyped({ signed });
  const setDocument = (document: typeof typed.document) => setTyped({ document });
  const setParts = (to: (now: Part[]) => Part[]) => setTyped({ parts: to(parts) });
  const faults = faultsByField(problem);
  const planned = total(
    parts.flatMap((p) => (p.amount ? [p.amount] : [])),
    currency,
  );
  const rest = less(amount || "0.00", planned, currency);
  const change = (key: number, to: Partial<Part>) => setParts((all) => all.map((p) => (p.key === key ? { ...p, ...to } : p)));

  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const made = await run<Schemas["Agreement"]>("/agreements", {
      contributor: contributor || unchosen,
      amount: { amount: amount || "0", currency },
      ...(earmark ? { earmark } : {}),
      ...(rate ? { fee_rate: rate } : {}),
      signed_on: signed,
      document,
      instalments: parts.map((p) => ({ due_on: p.due_on, amount: { amount: p.amount || "0", currency } })),
    });
    if (!made) return;
    await sent();
    toast(t("office.agreement-recorded", { ref: made.ref }));
    go(`/agreements/${made.id}`);
  }
  return (
    <>
      <PageHead
        title={t("office.agreement-record")}
        lead={t("office.agreement-record-lead")}
        crumbs={<Link href="/agreements">{t("office.agreements")}</Link>}
      />
      <form className={`${styles.form} ${styles.panel}`} onSubmit={send} noValidate>
        <ErrorSummary problem={problem} />
        <OrganisationChoice
          id="contributor"
          label={t("office.contributor")}
          choose={t("office.choose")}
          list={list}
          value={contributor}
          error={faults.contributor}
          onChange={setContributor}
        />
        <CurrencyChoice
          label={t("exchange.currency")}
          hint={t("exchange.currency-hint")}
          books={own}
          value={currency}
          known={rates.keys()}
          onChange={(currency) => setTyped({ currency })}
        />
        <MoneyField
          key={currency}
          id="amount"
          label={t("office.commitment", { currency })}
          currency={currency}
          value={amount}
          error={faults.amount}
          onChange={setAmount}
        />
        <Field
          id="signed_on"
          type="date"
          label={t("office.signed-on")}
          value={signed}
          error={faults.signed_on}
          onChange={(e) => setSigned(e.target.value)}
        />
        {currency !== own && (
          <p className={styles.sumline} role="status">
            {value ? (
              <>
                <span>{t("exchange.worth", { rate: rates.get(currency)?.per_usd ?? "", currency })}</span>{" "}
                <Amount value={value} currency={own} strong />
              </>
            ) : (
              t("exchange.no-rate")
            )}
          </p>
        )}
        <Choice
          id="earmark"
          label={t("office.earmark")}
          hint={t("office.earmark-hint")}
          value={earmark}
          error={faults.earmark}
          onChange={(e) => setEarmark(e.target.value)}
        >
          <option value="">{t("office.unearmarked")}</option>
          {rules.data?.proposals.areas.map((a) => (
            <option key={a.key} value={a.key}>
              {named(a.name, language, a.key)}
            </option>
          ))}
        </Choice>
        <Field
          id="fee_rate"
          label={t("office.fee-rate")}
          hint={t("office.fee-rate-hint")}
          optional
          inputMode="decimal"
          dir="ltr"
          value={rate}
          error={faults.fee_rate}
          onChange={(e) => setRate(e.target.value)}
        />
        <fieldset className={styles.set} id="instalments" tabIndex={-1}>
          <legend className={styles.legend}>{t("office.schedule")}</legend>
          {parts.map((p, i) => (
            <div key={p.key} className={styles.row}>
              <Field
                id={`instalments-${i}-due_on`}
                type="date"
                label={t("office.instalment-due", { n: i + 1 })}
                value={p.due_on}
                error={faults[`instalments-${i}-due_on`]}
                onChange={(e) => change(p.key, { due_on: e.target.value })}
              />
              <MoneyField
                key={currency}
                id={`instalments-${i}-amount`}
                label={t("office.instalment-amount", { n: i + 1 })}
                currency={currency}
                value={p.amount}
                error={faults[`instalments-${i}-amount`]}
                onChange={(value) => change(p.key, { amount: value })}
              />
              {parts.length > 1 && (
                <Button tone="quiet" onClick={() => setParts((all) => all.filter((one) => one.key !== p.key))}>
                  {t("office.instalment-drop", { n: i + 1 })}
                </Button>
              )}
            </div>
          ))}
          <p className={`${styles.sumline} ${isZero(rest) ? "" : styles.sumwarn}`} role="status">
            <span>
              {t("office.instalments-sum")} <Amount value={planned} currency={currency} strong />
            </span>
            <span hidden={!amount}>
              {isZero(rest) ? t("office.instalments-agree") : t("office.instalments-rest")}{" "}
              {!isZero(rest) && <Amount value={rest} currency={currency} strong />}
            </span>
          </p>
          <div className={styles.acts}>
            <Button
              onClick={() =>
                setParts((all) => [
                  ...all,
                  { key: Math.max(...all.map((p) => p.key)) + 1, due_on: "", amount: rest.startsWith("-") || isZero(rest) ? "" : rest },
                ])
              }
            >
              {t("office.instalment-add")}
            </Button>
          </div>
        </fieldset>
        <TextField
          id="document"
          label={t("office.document")}
          hint={t("office.document-hint")}
          optional
          rows={2}
          value={document}
          error={faults.document}
          onChange={(e) => setDocument(e.target.value)}
        />
        <div className={styles.acts}>
          <Button tone="main" type="submit" busy={busy}>
            {t("office.agreement-record")}
          </Button>
        </div>
      </form>
    </>
  );
}
