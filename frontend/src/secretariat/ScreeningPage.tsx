import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import beside from "../assessment/assessment.module.css";
import { useProposal } from "../assessment/DossierPage";
import { Reading } from "../assessment/Reading";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

const outcomes = ["eligible", "returned", "ineligible"] as const;
type Outcome = (typeof outcomes)[number];

/** A submission and the secretariat's finding on it: eligible, back to be mended, or not eligible, with the reason. */
export default function ScreeningPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const proposal = useProposal(params.id);
  const p = proposal.data;
  const rules = useRules(p?.charter_version).data;
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const [reason, setReason] = useState("");
  const screen = useAct(
    async (key: string, body: { outcome: string; reason: string }) =>
      client.POST("/proposals/{id}/screening", {
        params: { path: { id: params.id }, header: { "Idempotency-Key": key } },
        body: body as never,
      }),
    async () => {
      toast(t("screening.done"));
      await Promise.all([["proposal", params.id], ["proposals"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  if (proposal.error) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (!p || !rules) return <Waiting />;
  const wrong = faultsByField(screen.problem);
  return (
    <>
      <PageHead title={t("screening.of", { ref: p.ref })} crumbs={<Link href="/screening">{t("screening.title")}</Link>} />
      <div className={beside.beside}>
        <Reading proposal={p} rules={rules} />
        {p.may.includes("proposal.screen") ? (
          <form
            className={styles.form}
            noValidate
            onSubmit={(e) => {
              e.preventDefault();
              void screen.run({ outcome: outcome ?? "", reason });
            }}
          >
            <h2>{t("screening.finding")}</h2>
            <ErrorSummary problem={screen.problem} names={{ outcome: t("screening.outcome"), reason: t("screening.reason") }} />
            <Radios
              id="outcome"
              label={t("screening.outcome")}
              error={wrong.outcome}
              value={outcome}
              onChange={setOutcome}
              options={outcomes.map((o) => ({ value: o, label: t(`screening.outcome.${o}`), hint: t(`screening.outcome-hint.${o}`) }))}
            />
            <TextField
              id="reason"
              label={t("screening.reason")}
              hint={t(outcome === "returned" ? "screening.reason-points" : "screening.reason-hint")}
              optional={outcome === "eligible"}
              error={wrong.reason}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
            <div className={styles.acts}>
              <Button type="submit" tone="main" busy={screen.busy}>
                {t("screening.do")}
              </Button>
            </div>
          </form>
        ) : (
          <div className={styles.stack}>
            <div className={`${styles.note} ${p.screening?.outcome === "eligible" ? styles.calm : styles.over}`}>
              <p>{t(p.screening ? `screening.outcome.${p.screening.outcome}` : "screening.none")}</p>
              {p.screening && (
                <p>
                  <DateTime value={p.screening.at} zone={fund.zone} />
                </p>
              )}
            </div>
            {p.screening?.reason && (
              <p className={styles.text} dir="auto">
                {p.screening.reason}
              </p>
            )}
            <p>
              <Link href="/screening">{t("screening.next")}</Link>
            </p>
          </div>
        )}
      </div>
    </>
  );
}
