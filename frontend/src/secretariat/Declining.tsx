import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { nextOf } from "../api/next";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import type { Proposal } from "../assessment/Reading";
import { ActForm } from "../decision/ActForm";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Typed } from "../list/parts";
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
  const [sought, setSought] = useState("");
  const found = useDecisions(sought, decision);
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
        <Typed id="decision-q" label={t("declining.find")} type="search" value={sought} done={(q) => setSought(q ?? "")} />
        <Choice
          id="decision"
          label={t("declining.decision")}
          hint={`${t("declining.decision-hint")}${found.more ? ` ${t("declining.more")}` : ""}`}
          error={wrong.decision}
          value={decision}
          onChange={(e) => change({ decision: e.target.value })}
        >
          <option value="">{t("declining.none")}</option>
          {found.list.map((d) => (
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

/** The latest decisions that say what is sought, and the one that is chosen. A grant takes something up; what else the body adopted may say what it does not. */
function useDecisions(sought: string, chosen: string) {
  const kinds = useRules().data?.decisions.flatMap((k) => (k.kind === "grant" ? [] : [k.kind]));
  const read = useQuery({
    queryKey: ["decisions", "to name", sought, chosen, kinds],
    queryFn: async () => {
      const ask = async (query: { q?: string; kind: string[]; limit: number }) => client.GET("/decisions", { params: { query } });
      const page = await ask({ ...(sought && { q: sought }), kind: kinds!, limit: 50 });
      const list = page.data!;
      const named = !chosen || list.some((d) => d.number === chosen) ? [] : (await ask({ q: chosen, kind: kinds!, limit: 1 })).data!;
      return { list: [...named, ...list], more: nextOf(page.response.headers.get("Link")) !== undefined };
    },
    enabled: kinds !== undefined,
    placeholderData: (before) => before,
  });
  return read.data ?? { list: [], more: false };
}
