import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { MoneyField } from "../money/MoneyField";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";

const Tranches = lazy(async () => (await Promise.all([import("./Tranches"), bringArea("tranche"), bringArea("office")]))[0]);

/** A new fund transfer request of a programme. */
export default function Requesting({ programme: p, currency }: { programme: components["schemas"]["Programme"]; currency: string }) {
  const { t } = useWords();
  const { short } = useNames();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ organisation, amount, typed, purpose }, change, sent] = useTypedForm(`request/${p.id}`, {
    organisation: "",
    amount: "" as string | null,
    typed: "",
    purpose: "",
  });
  const request = useAct(
    async (key: string, body: { organisation: string; amount: { amount: string; currency: string }; purpose: string }) =>
      client.POST("/programmes/{id}/transfer-requests", { params: { path: { id: p.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("request.done"));
      await Promise.all([["transfers"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(request.problem);
  const form = (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        // What is no amount is sent as it was typed: the server refuses it at its field.
        void request.run({ organisation, amount: { amount: amount ?? typed, currency: currency }, purpose });
      }}
    >
      <h2>{t("request.title")}</h2>
      <ErrorSummary
        problem={request.problem}
        names={{
          organisation: t("ruling.organisation"),
          amount: t("request.amount", { currency: currency }),
          purpose: t("request.purpose"),
        }}
      />
      <Choice
        id="organisation"
        label={t("ruling.organisation")}
        error={wrong.organisation}
        value={organisation}
        onChange={(e) => change({ organisation: e.target.value })}
      >
        <option value="">{t("list.choose")}</option>
        {p.shares.map((s) => (
          <option key={s.organisation} value={s.organisation}>
            {short(s.code)}
          </option>
        ))}
      </Choice>
      <MoneyField
        id="amount"
        label={t("request.amount", { currency: currency })}
        error={wrong.amount}
        value={amount}
        currency={currency}
        onChange={(amount, typed) => change({ amount, typed })}
      />
      <Field
        id="purpose"
        label={t("request.purpose")}
        error={wrong.purpose}
        value={purpose}
        onChange={(e) => change({ purpose: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={request.busy} disabled={organisation === ""}>
          {t("request.do")}
        </Button>
      </div>
    </form>
  );
  return (
    <>
      {form}
      {organisation && (
        <Suspense>
          <Tranches programme={p.id} organisation={organisation} />
        </Suspense>
      )}
    </>
  );
}
