import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Programme, stale } from "./data";

/** The secretariat says that implementation has started. */
export default function Start({ programme: p }: { programme: Programme & { tag: string } }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [on, setOn] = useState(p.start_from ?? "");
  const [ends, setEnds] = useState("");
  const start = useAct(
    async (key: string) =>
      client.POST("/programmes/{id}/start", {
        params: { path: { id: p.id }, header: { "If-Match": p.tag, "Idempotency-Key": key } },
        body: { ...(on ? { starts_on: on } : {}), ...(ends ? { ends_on: ends } : {}) },
      }),
    async () => {
      toast(t("life.started"));
      await Promise.all(stale(p.id).map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  const wrong = faultsByField(start.problem);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void start.run();
      }}
    >
      <h2>{t("life.start-title")}</h2>
      <ErrorSummary problem={start.problem} names={{ starts_on: t("life.start"), ends_on: t("life.end") }} />
      <Field
        id="starts_on"
        type="date"
        dir="ltr"
        label={t("life.start")}
        hint={t(p.start_from ? "life.start-hint-transfer" : "life.start-hint")}
        error={wrong.starts_on}
        value={on}
        onChange={(e) => setOn(e.target.value)}
      />
      <Field
        id="ends_on"
        type="date"
        dir="ltr"
        optional
        label={t("life.end")}
        hint={t("life.end-hint")}
        error={wrong.ends_on}
        value={ends}
        onChange={(e) => setEnds(e.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={start.busy}>
          {t("life.start-do")}
        </Button>
      </div>
    </form>
  );
}
