import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import type { Proposal } from "../assessment/Reading";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Choice, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** That the body did not take a proposal up: what is on record of it, or the place where the secretariat records it. */
export default function Declining({ proposal: p }: { proposal: Proposal }) {
  const { t } = useWords();
  if (!p.declining) return <Record id={p.id} />;
  return (
    <section className={styles.tight}>
      <div className={`${styles.note} ${styles.over}`}>
        <p>{t("declining.declined")}</p>
        <p>
          <DateTime value={p.declining.at} zone={fund.zone} />
        </p>
      </div>
      <p className={styles.text} dir="auto">
        {p.declining.reason}
      </p>
      {p.declining.decision && (
        <p>
          <Link href={`/decisions/${p.declining.decision}`}>{t("declining.number", { number: p.declining.decision })}</Link>
        </p>
      )}
    </section>
  );
}

function Record({ id }: { id: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [{ decision, reason }, change, sent] = useTypedForm(`declining/${id}`, { decision: "", reason: "" });
  const decisions = useQuery({ queryKey: ["decisions"], queryFn: async () => (await client.GET("/decisions")).data! });
  const decline = useAct(
    async (key: string, body: { decision?: string; reason: string }) =>
      client.POST("/proposals/{id}/declining", { params: { path: { id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("declining.done"));
      await Promise.all([["proposal", id], ["proposals"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(decline.problem);
  return (
    <details className={styles.more}>
      <summary>{t("declining.title")}</summary>
      <ActForm
        plain
        act={decline}
        names={{ decision: t("declining.decision"), reason: t("declining.reason") }}
        button={t("declining.do")}
        tone="danger"
        send={() => void decline.run({ ...(decision ? { decision } : {}), reason })}
      >
        <Choice
          id="decision"
          label={t("declining.decision")}
          hint={t("declining.decision-hint")}
          error={wrong.decision}
          value={decision}
          onChange={(e) => change({ decision: e.target.value })}
        >
          <option value="">{t("declining.none")}</option>
          {/* A grant takes something up; what else the body adopted may say what it does not. */}
          {decisions.data
            ?.filter((d) => d.kind !== "grant")
            .map((d) => (
              <option key={d.number} value={d.number}>
                {`${d.number} · ${d.title}`}
              </option>
            ))}
        </Choice>
        <TextField
          id="reason"
          rows={3}
          label={t("declining.reason")}
          hint={t("declining.reason-hint")}
          error={wrong.reason}
          value={reason}
          onChange={(e) => change({ reason: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
