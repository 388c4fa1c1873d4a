import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { client } from "../api/client";
import { faultsByField, faultsOf } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import type { Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";
import type { Proposal } from "./Reading";
import type { Scores } from "./sheet";

const Result = lazy(() => import("./Result"));

// Few come for it, and their pages have no words of scores.
await Promise.all([bringArea("assessment"), bringArea("assessors")]);

/** The scores of a proposal for whoever reads it and does not assess it; where the secretariat or the Chair opens a second round. */
export default function Scored({ proposal: p, rules }: { proposal: Proposal; rules: Rules }) {
  const { t } = useWords();
  const scores = useQuery({
    queryKey: ["scores", p.id],
    queryFn: async () => (await client.GET("/proposals/{id}/scores", { params: { path: { id: p.id } } })).data!,
    retry: false,
  }).data;
  // Who has none in sight is told of none.
  if (!scores) return null;
  return (
    <section className={styles.stack}>
      <h2>{t("beside.scored")}</h2>
      <Suspense>
        <Result sheet={scores} rules={rules} call={p.call} />
      </Suspense>
      {scores.may?.includes("score.second-round") && <Opening id={p.id} />}
    </section>
  );
}

function Opening({ id }: { id: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [reason, setReason, sent] = useTyped(`second-round/${id}`, "");
  const act = useAct(
    async (key: string, body: { reason: string }) =>
      (await client.POST("/proposals/{id}/second-round", { params: { path: { id }, header: { "Idempotency-Key": key } }, body })).data!,
    async (now: Scores) => {
      await sent();
      queries.setQueryData(["scores", id], now);
      toast(t("beside.opened"));
    },
  );
  // Beside it stands another form that asks for a reason: this one's field has a name of its own.
  const problem = act.problem && {
    ...act.problem,
    errors: faultsOf(act.problem).map((f) => ({ ...f, ...(f.field ? { field: `/second-round${f.field}` } : {}) })),
  };
  return (
    <details className={styles.more}>
      <summary>{t("beside.open")}</summary>
      <ActForm
        plain
        act={{ problem, busy: act.busy }}
        names={{ "second-round-reason": t("beside.reason") }}
        button={t("beside.open")}
        send={() => void act.run({ reason })}
      >
        <p>{t("beside.open-lead")}</p>
        <TextField
          id="second-round-reason"
          rows={3}
          label={t("beside.reason")}
          hint={t("beside.reason-hint")}
          error={faultsByField(problem)["second-round-reason"]}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </ActForm>
    </details>
  );
}
