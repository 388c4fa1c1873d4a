import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import beside from "../assessment/assessment.module.css";
import { useProposal } from "../assessment/DossierPage";
import type { Proposal } from "../assessment/Reading";
import { Reading } from "../assessment/Reading";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Checklist, type Checks, unmarked } from "../screening/Checklist";
import { type NewPoint, noPoint, type Screenings, useScreenings } from "../screening/data";
import { Appealed, Asked, Missed, usePlaces } from "../screening/Finding";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

// Few submissions come to these: they are brought where they do.
const Behalf = lazy(() => import("../screening/Behalf"));
const Deciding = lazy(() => import("../screening/Deciding"));
const PointsToMend = lazy(() => import("../screening/PointsToMend"));

const outcomes = ["eligible", "returned", "ineligible"] as const;
type Outcome = (typeof outcomes)[number];

/** A submission and the secretariat's finding on it: the list, what is to be mended, the outcome; later the appeal against it. */
export default function ScreeningPage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const proposal = useProposal(params.id);
  const file = useScreenings(params.id);
  const p = proposal.data;
  const rules = useRules(p?.charter_version).data;
  const failed = proposal.error ?? file.error;
  if (failed) return <Trouble error={failed} again={() => void Promise.all([proposal.refetch(), file.refetch()])} />;
  if (!p || !rules || !file.data) return <Waiting />;
  const last = file.data.findings[0];
  return (
    <>
      <PageHead title={t("screening.of", { ref: p.ref })} crumbs={<Link href="/screening">{t("screening.title")}</Link>} />
      <div className={beside.beside}>
        <Reading proposal={p} rules={rules} />
        <div className={styles.stack}>
          {p.submission?.on_behalf && (
            <Suspense>
              <Behalf p={p} />
            </Suspense>
          )}
          {p.may.includes("proposal.screen") ? <Screen p={p} file={file.data} /> : <Found p={p} />}
          {last && (
            <>
              <Missed finding={last} checklist={file.data.checklist} />
              <Asked finding={last} written={p} />
              <Appealed appeal={last.appeal} />
            </>
          )}
          {file.data.may.includes("appeal.decide") && (
            <Suspense>
              <Deciding id={p.id} />
            </Suspense>
          )}
        </div>
      </div>
    </>
  );
}

/** The finding as it stands. */
function Found({ p }: { p: Proposal }) {
  const { t } = useWords();
  return (
    <>
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
    </>
  );
}

function Screen({ p, file }: { p: Proposal; file: Screenings }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const places = usePlaces(p);
  const [outcome, setOutcome] = useState<Outcome | undefined>();
  const [reason, setReason] = useState("");
  const [checks, setChecks] = useState<Checks>({});
  const [points, setPoints] = useState<NewPoint[]>([noPoint]);
  const screen = useAct(
    async (key: string, body: object) =>
      client.POST("/proposals/{id}/screening", {
        params: { path: { id: p.id }, header: { "Idempotency-Key": key } },
        body: body as never,
      }),
    async () => {
      toast(t("screening.done"));
      await Promise.all([["proposal", p.id], ["proposals"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(screen.problem);
  const names: Record<string, string> = { outcome: t("screening.outcome"), reason: t("screening.reason") };
  for (const i of file.checklist) {
    names[`checks-${i.key}`] = named(i.name as Record<string, string>, language, i.key);
    names[`checks-${i.key}-remark`] = names[`checks-${i.key}`]!;
  }
  points.forEach((_, n) => {
    for (const part of ["section", "field", "todo"]) names[`points-${n}-${part}`] = t("points.n", { n: n + 1 });
  });
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        const asked = outcome === "returned" ? points.filter((x) => x.place !== "" || x.todo !== "") : [];
        if (outcome === "returned") setPoints(asked.length > 0 ? asked : [noPoint]); // a refusal counts those that were sent
        void screen.run({
          outcome: outcome ?? "",
          reason,
          checks: Object.fromEntries(file.checklist.map((i) => [i.key, checks[i.key] ?? unmarked])),
          points: asked.map((x) => ({ todo: x.todo, ...(x.place.startsWith("/") ? { field: x.place } : { section: x.place }) })),
        });
      }}
    >
      <h2>{t("screening.finding")}</h2>
      <ErrorSummary problem={screen.problem} names={names} />
      {file.checklist.length > 0 && <Checklist items={file.checklist} value={checks} change={setChecks} wrong={wrong} />}
      <Radios
        id="outcome"
        label={t("screening.outcome")}
        hint={t("screening.rounds", file.rounds)}
        error={wrong.outcome}
        value={outcome}
        onChange={setOutcome}
        options={outcomes.map((o) => ({ value: o, label: t(`screening.outcome.${o}`), hint: t(`screening.outcome-hint.${o}`) }))}
      />
      {outcome === "returned" && (
        <Suspense>
          <PointsToMend sections={places.sections} value={points} change={setPoints} wrong={wrong} />
        </Suspense>
      )}
      <TextField
        id="reason"
        label={t("screening.reason")}
        hint={t("screening.reason-hint")}
        optional={outcome === "eligible" || (outcome === "returned" && points.some((x) => x.todo !== ""))}
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
  );
}
