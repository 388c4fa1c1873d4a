import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { client, newKey } from "../api/client";
import { type Problem, Refused, Unreached } from "../api/problem";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Deadline } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { callTones } from "./CallsPage";
import styles from "./Proposal.module.css";
import { ceilingOf, named, type Proposal, proposalKey, useCall, useRules } from "./proposal";

/** A call: what it invites, until when, how much, and the way in. */
export default function CallPage() {
  const { t, language } = useWords();
  const { id } = useParams<{ id: string }>();
  const call = useCall(id);
  const rules = useRules(call.data?.charter_version);
  const [, go] = useLocation();
  const queries = useQueryClient();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [key] = useState(newKey);
  if (call.error) return <Trouble error={call.error} again={() => void call.refetch()} />;
  if (!call.data) return <Waiting />;
  const c = call.data;
  const ceiling = ceilingOf(c, rules.data);
  const start = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const { data } = await client.POST("/calls/{id}/proposals", {
        params: { path: { id: c.id } },
        headers: { "Idempotency-Key": key },
        body: { language },
      });
      const made = data as Proposal;
      queries.setQueryData(proposalKey(made.id), made);
      void queries.invalidateQueries({ queryKey: ["proposals"] });
      go(`/proposals/${made.id}`);
    } catch (e) {
      if (e instanceof Refused) setProblem(e.problem);
      else if (e instanceof Unreached) toast(t("shell.no-line"));
      else throw e;
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PageHead
        title={c.title}
        crumbs={
          <>
            <Link href="/calls">{t("calls.title")}</Link> / <bdi>{c.ref}</bdi>
          </>
        }
        actions={
          c.may.includes("proposal.create") && (
            <Button tone="main" busy={busy} onClick={() => void start()}>
              {t("call.start")}
            </Button>
          )
        }
      />
      <ErrorSummary problem={problem} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          {c.state === "planned" ? (
            <Deadline label={t("call.opens")} value={c.opens_at} zone={fund.zone} />
          ) : (
            <Deadline label={c.state === "closed" ? t("call.closed") : t("call.closes")} value={c.closes_at} zone={fund.zone} />
          )}
          <section className={styles.sheet}>
            <p className={styles.prose} dir="auto">
              {c.text}
            </p>
          </section>
          <section>
            <h2>{t("call.areas")}</h2>
            <ul className={styles.bullets}>
              {c.areas.map((key) => (
                <li key={key}>{named(rules.data?.areas.find((a) => a.key === key)?.name, language) || key}</li>
              ))}
            </ul>
          </section>
          {rules.data && (
            <section>
              <h2>{t("call.needs")}</h2>
              <ul className={styles.bullets}>
                <li>{t("call.need.note")}</li>
                {rules.data.markers_required && <li>{t("call.need.markers", { count: rules.data.markers.length })}</li>}
                {rules.data.endorsement_required && <li>{t("call.need.endorsement")}</li>}
              </ul>
            </section>
          )}
          {c.extensions.length > 0 && (
            <section>
              <h2>{t("call.extended")}</h2>
              <ul className={styles.notes}>
                {c.extensions.map((e) => (
                  <li key={e.n}>
                    <p>
                      <s>
                        <DateTime value={e.was} zone={fund.zone} />
                      </s>{" "}
                      <DateTime value={e.to} zone={fund.zone} />
                    </p>
                    <p className={styles.quiet} dir="auto">
                      {e.reason}
                    </p>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside className={styles.aside} aria-label={t("call.facts")}>
          <dl className={styles.facts}>
            <div>
              <dt>{t("call.state")}</dt>
              <dd>
                <Tag tone={callTones[c.state]}>{t(`call.state.${c.state}`)}</Tag>
              </dd>
            </div>
            {ceiling && (
              <div>
                <dt>{t("call.ceiling")}</dt>
                <dd>
                  <Amount value={ceiling} currency={c.ceiling?.currency ?? "USD"} strong />
                </dd>
              </div>
            )}
            {rules.data && (
              <div>
                <dt>{t("call.minimum")}</dt>
                <dd>
                  <Amount value={rules.data.minimum_amount.amount} currency={rules.data.minimum_amount.currency} />
                </dd>
              </div>
            )}
          </dl>
        </aside>
      </div>
    </>
  );
}
