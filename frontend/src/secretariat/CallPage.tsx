import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client, versionOf } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Deadline } from "../time/DateTime";
import { placeOf } from "../time/dates";
import { instantIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** One call, and its deadline moved for all with the reason. */
export default function CallPage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const call = useQuery({
    queryKey: ["calls", params.id],
    queryFn: async () => (await client.GET("/calls/{id}", { params: { path: { id: params.id } } })).data!,
  });
  const c = call.data;
  const rules = useRules(c?.charter_version).data;
  if (call.error) return <Trouble error={call.error} again={() => void call.refetch()} />;
  if (!c || !rules) return <Waiting />;
  return (
    <>
      <PageHead
        title={c.title}
        crumbs={
          <>
            <Link href="/office/calls">{t("round.title")}</Link> / <bdi>{c.ref}</bdi>
          </>
        }
      />
      <div className={styles.stack}>
        <Deadline label={t("round.closes")} value={c.closes_at} zone={fund.zone} />
        <p className={styles.text} dir="auto">
          {c.text}
        </p>
        <dl className={styles.facts}>
          <dt>{t("round.opens")}</dt>
          <dd>
            <DateTime value={c.opens_at} zone={fund.zone} />
          </dd>
          <dt>{t("round.areas")}</dt>
          <dd>
            {new Intl.ListFormat(language).format(
              c.areas.map((k) => named(rules.proposals.areas.find((a) => a.key === k)?.name, language, k)),
            )}
          </dd>
          {c.ceiling && (
            <>
              <dt>{t("round.ceiling", { currency: rules.currency })}</dt>
              <dd>
                <Amount value={c.ceiling.amount} currency={c.ceiling.currency} />
              </dd>
            </>
          )}
        </dl>
        {c.extensions.length > 0 && (
          <section className={styles.card}>
            <h2>{t("round.extensions")}</h2>
            <ul className={styles.rows}>
              {c.extensions.map((e) => (
                <li key={e.n} className={styles.row}>
                  <span>
                    <DateTime value={e.to} zone={fund.zone} />
                    <br />
                    <span className={styles.quiet} dir="auto">
                      {e.reason}
                    </span>
                  </span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <p>
          <Link href={`/office/proposals?call=${c.id}`}>{t("round.proposals")}</Link>
        </p>
        {c.may.includes("call.extend") && <Extend id={c.id} />}
      </div>
    </>
  );
}

function Extend({ id }: { id: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const extend = useAct(
    async (key: string, body: { closes_at: string; reason: string }) =>
      client.POST("/calls/{id}/extension", {
        params: { path: { id }, header: { "Idempotency-Key": key, "If-Match": versionOf(`/calls/${id}`) ?? "" } },
        body,
      }),
    async () => {
      setTo("");
      setReason("");
      toast(t("round.extended"));
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  );
  const wrong = faultsByField(extend.problem);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void extend.run({ closes_at: instantIn(to, fund.zone), reason });
      }}
    >
      <h2>{t("round.extend")}</h2>
      <p className={styles.quiet}>{t("round.extend-lead")}</p>
      <ErrorSummary problem={extend.problem} names={{ closes_at: t("round.extend-to"), reason: t("round.extend-reason") }} />
      <Field
        id="closes_at"
        type="datetime-local"
        dir="ltr"
        label={t("round.extend-to")}
        hint={t("round.time-hint", { place: placeOf(fund.zone, language) })}
        error={wrong.closes_at}
        value={to}
        onChange={(e) => setTo(e.target.value)}
      />
      <TextField
        id="reason"
        rows={3}
        label={t("round.extend-reason")}
        error={wrong.reason}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" busy={extend.busy}>
          {t("round.extend")}
        </Button>
      </div>
    </form>
  );
}
