import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import type { Proposal } from "../assessment/Reading";
import { named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Checklist, type Checks, unmarked } from "../screening/Checklist";
import { type NewPoint, noPoint, type Screenings } from "../screening/data";
import { usePlaces } from "../screening/Finding";
import { placeSent } from "../screening/PlaceChoice";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

const outcomes = ["eligible", "returned", "ineligible"] as const;
type Outcome = (typeof outcomes)[number];

// Of a return alone.
const PointsToMend = lazy(() => import("../screening/PointsToMend"));

/** The finding as it is made: the list, the outcome, what is to be mended, the reason. */
export default function Screen({ p, file }: { p: Proposal; file: Screenings }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const places = usePlaces(p);
  const [typed, setTyped, sent] = useTypedForm(`screening/${p.id}`, {
    outcome: undefined as Outcome | undefined,
    reason: "",
    checks: {} as Checks,
    points: [noPoint] as NewPoint[],
  });
  const { outcome, reason, checks, points } = typed;
  const setOutcome = (outcome: typeof typed.outcome) => setTyped({ outcome });
  const setReason = (reason: typeof typed.reason) => setTyped({ reason });
  const setChecks = (checks: typeof typed.checks) => setTyped({ checks });
  const setPoints = (points: typeof typed.points) => setTyped({ points });
  const screen = useAct(
    async (key: string, body: object) =>
      client.POST("/proposals/{id}/screening", {
        params: { path: { id: p.id }, header: { "Idempotency-Key": key } },
        body: body as never,
      }),
    async () => {
      await sent();
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
          ...(p.submission && { version: p.submission.n }), // that is shown
          outcome: outcome ?? "",
          reason,
          checks: Object.fromEntries(file.checklist.map((i) => [i.key, checks[i.key] ?? unmarked])),
          points: asked.map((x) => ({ todo: x.todo, ...placeSent(x.place) })),
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
