import type { FormEvent } from "react";
import { Link, useLocation, useParams } from "wouter";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { formatAmount } from "../money/money";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { CurrencyChoice, useRates } from "./CurrencyChoice";
import styles from "./Office.module.css";
import { type Schemas, today, useAct, useRead } from "./office";
import { Facts, Sum } from "./parts";
import { feeOf, less, percent, worth } from "./reckon";

/** Recording money that arrived; the fee is reckoned here as a courtesy, and told by the server once it is booked. */
export default function NewDepositPage() {
  const { t, language } = useWords();
  const toast = useToast();
  const [, go] = useLocation();
  const { id = "" } = useParams();
  const agreement = useRead<Schemas["Agreement"]>(`/agreements/${id}`);
  const { run, busy, problem } = useAct();
  const [typed, setTyped, sent] = useTypedForm(`deposit/${id}`, {
    amount: "" as string | null,
    received: today(),
    reference: "",
    paid: "",
    credited: "" as string | null,
  });
  const { amount, received, reference } = typed;
  const setAmount = (amount: typeof typed.amount) => setTyped({ amount });
  const setReceived = (received: typeof typed.received) => setTyped({ received });
  const setReference = (reference: typeof typed.reference) => setTyped({ reference });
  const own = agreement.data?.value.currency ?? "";
  const committed = agreement.data?.amount.currency ?? "";
  // Under an agreement in another currency that one is paid; under one in the books' own, any may be.
  const currency = committed === own ? typed.paid || own : committed;
  const foreign = currency !== own;
  const rates = useRates(received, own !== "");
  if (agreement.error) return <Trouble error={agreement.error} again={() => void agreement.refetch()} />;
  if (!agreement.data) return <Waiting />;
  const a = agreement.data;
  const faults = faultsByField(problem);
  const rate = rates.get(currency)?.per_usd;
  const credited = foreign ? typed.credited : amount;
  const value = foreign ? worth(amount, currency, rate, own) : amount || undefined;
  const fee = feeOf(credited, a.fee_rate, own);

  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const made = await run<Schemas["Deposit"]>(`/agreements/${id}/deposits`, {
      amount: { amount: amount || "0", currency },
      ...(foreign && typed.credited ? { credited: { amount: typed.credited, currency: own } } : {}),
      received_on: received,
      bank_reference: reference,
    });
    if (!made) return;
    await sent();
    const say = (m: { amount: string }) => `${own} ${formatAmount(m.amount, language)}`;
    toast(t("office.deposit-recorded", { number: String(made.number), fee: say(made.fee), rest: say(made.available) }));
    go(`/agreements/${id}`);
  }
  return (
    <>
      <PageHead
        title={t("office.deposit-record")}
        lead={t("office.agreement", { ref: a.ref })}
        crumbs={
          <>
            <Link href="/agreements">{t("office.agreements")}</Link> / <Link href={`/agreements/${id}`}>{a.ref}</Link>
          </>
        }
      />
      <Facts
        facts={[
          { name: t("office.commitment", { currency: committed }), value: <Sum of={a.amount} /> },
          { name: t("office.deposited"), value: <Sum of={a.deposited} /> },
          { name: t("office.remaining"), value: <Sum of={a.remaining} /> },
        ]}
      />
      <form className={`${styles.form} ${styles.panel}`} onSubmit={send} noValidate>
        <ErrorSummary problem={problem} />
        {committed === own && (
          <CurrencyChoice
            label={t("exchange.paid-in")}
            hint={t("exchange.paid-in-hint")}
            books={own}
            value={currency}
            known={rates.keys()}
            onChange={(paid) => setTyped({ paid })}
          />
        )}
        <MoneyField
          key={currency}
          id="amount"
          label={foreign ? t("exchange.paid", { currency }) : t("office.deposit-amount", { currency })}
          hint={foreign ? t("exchange.paid-hint") : t("office.deposit-amount-hint")}
          currency={currency}
          value={amount}
          error={faults.amount}
          onChange={setAmount}
        />
        {foreign && (
          <>
            <p className={styles.sumline} role="status">
              {value ? (
                <>
                  <span>{t("exchange.worth", { rate: rate ?? "", currency })}</span> <Amount value={value} currency={own} strong />
                </>
              ) : (
                t("exchange.no-rate")
              )}
            </p>
            <MoneyField
              id="credited"
              label={t("exchange.credited", { currency: own })}
              hint={t("exchange.credited-hint")}
              currency={own}
              value={typed.credited}
              error={faults.credited}
              onChange={(credited) => setTyped({ credited })}
            />
            {value && typed.credited && (
              <p className={styles.sumline} role="status">
                <span>{t("exchange.difference")}</span> <Amount value={less(typed.credited, value, own)} currency={own} strong />
              </p>
            )}
          </>
        )}
        <p className={styles.sumline} role="status">
          {fee === undefined ? (
            t("office.fee-later", { share: percent(a.fee_rate) })
          ) : (
            <>
              <span>
                {t("office.fee-preview", { share: percent(a.fee_rate) })} <Amount value={fee} currency={own} strong />
              </span>
              <span>
                {t("office.to-the-fund")} <Amount value={less(value || credited || "0.00", fee, own)} currency={own} strong />
              </span>
            </>
          )}
        </p>
        <Field
          id="received_on"
          type="date"
          label={t("office.received-on")}
          hint={t("office.received-hint")}
          value={received}
          error={faults.received_on}
          onChange={(e) => setReceived(e.target.value)}
        />
        <Field
          id="bank_reference"
          label={t("office.bank-reference")}
          hint={t("office.bank-reference-hint")}
          optional
          value={reference}
          error={faults.bank_reference}
          onChange={(e) => setReference(e.target.value)}
        />
        <div className={styles.acts}>
          <Button tone="main" type="submit" busy={busy}>
            {t("office.deposit-record")}
          </Button>
        </div>
      </form>
    </>
  );
}
