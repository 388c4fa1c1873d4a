import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useMayBegin, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { useOrganisations } from "../money-office/office";
import { Reports } from "../report/lazy";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { askedOf, useTransfers } from "./transfers";

/** A programme's shares, what was asked for of each, and a new fund transfer request. */
export default function ProgrammePage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const { short } = useOrganisations();
  const queries = useQueryClient();
  const toast = useToast();
  const requests = useMayBegin("transfer.request");
  const rules = useRules().data;
  const programme = useQuery({
    queryKey: ["programmes", params.id],
    queryFn: async () => (await client.GET("/programmes/{id}", { params: { path: { id: params.id } } })).data!,
  });
  const transfers = useTransfers();
  const [{ organisation, amount, typed, purpose }, change, sent] = useTypedForm(`request/${params.id}`, {
    organisation: "",
    amount: "" as string | null,
    typed: "",
    purpose: "",
  });
  const request = useAct(
    async (key: string, body: { organisation: string; amount: { amount: string; currency: string }; purpose: string }) =>
      client.POST("/programmes/{id}/transfer-requests", { params: { path: { id: params.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("request.done"));
      await Promise.all([["transfers"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const p = programme.data;
  if (programme.error) return <Trouble error={programme.error} again={() => void programme.refetch()} />;
  if (!p || !rules) return <Waiting />;
  const all = transfers.data ?? [];
  const mine = all.filter((r) => r.programme.id === p.id);
  const wrong = faultsByField(request.problem);
  return (
    <>
      <PageHead
        title={p.title}
        crumbs={
          <>
            <Link href="/office/programmes">{t("programmes.title")}</Link> / <bdi>{p.code}</bdi>
          </>
        }
        lead={p.decision && <Link href={`/decisions/${p.decision}`}>{t("chair.decision", { number: p.decision })}</Link>}
      />
      <div className={styles.stack}>
        <Suspense>
          <Reports programme={p.id} />
        </Suspense>
        <p>
          <Link href={`/programmes/${p.id}`}>{t("programmes.life")}</Link>
        </p>
        <DataTable
          caption={t("request.shares", { currency: rules.currency })}
          rows={p.shares}
          id={(s) => s.organisation}
          columns={[
            { key: "who", head: t("ruling.organisation"), heads: true, cell: (s) => <bdi>{short(s.code)}</bdi> },
            { key: "share", head: t("request.share"), kind: "amount", cell: (s) => <Amount value={s.amount.amount} /> },
            {
              key: "asked",
              head: t("request.asked"),
              kind: "amount",
              cell: (s) => <Amount value={askedOf(s.amount.amount, p.id, s.organisation, all).asked} />,
            },
            {
              key: "left",
              head: t("request.left"),
              kind: "amount",
              cell: (s) => <Amount value={askedOf(s.amount.amount, p.id, s.organisation, all).left} strong />,
            },
          ]}
        />
        {requests && p.shares.length > 0 && (
          <form
            className={styles.form}
            noValidate
            onSubmit={(e) => {
              e.preventDefault();
              // What is no amount is sent as it was typed: the server refuses it at its field.
              void request.run({ organisation, amount: { amount: amount ?? typed, currency: rules.currency }, purpose });
            }}
          >
            <h2>{t("request.title")}</h2>
            <ErrorSummary
              problem={request.problem}
              names={{
                organisation: t("ruling.organisation"),
                amount: t("request.amount", { currency: rules.currency }),
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
                  {s.code}
                </option>
              ))}
            </Choice>
            <MoneyField
              id="amount"
              label={t("request.amount", { currency: rules.currency })}
              error={wrong.amount}
              value={amount}
              currency={rules.currency}
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
        )}
        {mine.length > 0 && (
          <DataTable
            caption={t("request.earlier")}
            rows={mine}
            id={(r) => r.id}
            columns={[
              { key: "ref", head: t("request.ref"), heads: true, cell: (r) => <Link href={`/signatures/${r.id}`}>{r.ref}</Link> },
              { key: "purpose", head: t("request.purpose"), cell: (r) => <span dir="auto">{r.purpose}</span> },
              {
                key: "amount",
                head: t("request.amount", { currency: rules.currency }),
                kind: "amount",
                cell: (r) => <Amount value={r.amount.amount} />,
              },
              { key: "stage", head: t("request.stage"), cell: (r) => <Tag>{t(`request.stage.${r.stage}`)}</Tag> },
            ]}
          />
        )}
      </div>
    </>
  );
}
