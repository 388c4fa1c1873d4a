import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { faultsOf, sentence } from "../api/problem";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";
import styles from "./Imports.module.css";
import { part, type Schemas } from "./office";

type Run = Schemas["Run"];

/** How far the files are that somebody sent in, under way or of this week; the answer of each stays until then. */
export function Imports() {
  const { t } = useWords();
  const queries = useQueryClient();
  const runs = useQuery({
    queryKey: ["/runs"],
    queryFn: () => part<Run>("/runs", {}).then((page) => page.items.filter((r) => r.asked === "POST /bank-statements")),
    refetchInterval: (query) => (query.state.data?.some((r) => !r.ended_at) ? 1000 : false),
  });
  // What ended while this was looked at has changed what the page behind it shows.
  const open = useRef(0);
  const waiting = runs.data?.filter((r) => !r.ended_at).length ?? 0;
  useEffect(() => {
    if (waiting < open.current) void queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== "/runs" });
    open.current = waiting;
  }, [waiting, queries]);
  if (!runs.data?.length) return null;
  return (
    <section aria-labelledby="runs">
      <h3 id="runs" className={styles.title}>
        {t("run.title")}
      </h3>
      {waiting > 0 && <p className={styles.note}>{t("run.leave")}</p>}
      <ul className={styles.list} aria-live="polite">
        {runs.data.slice(0, 5).map((r) => (
          <li key={r.id} className={styles.run}>
            <p className={styles.name}>
              <bdi>{r.name || t("reconcile.import-file")}</bdi> <DateTime value={r.asked_at} />
            </p>
            <Became run={r} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What became of one, or how far it is. */
function Became({ run }: { run: Run }) {
  const { t } = useWords();
  if (run.state === "done") {
    const taken = run.answer as Schemas["ImportedStatements"];
    const statements = taken.statements.map((s) => s.ref).join(", ");
    return <p>{t("reconcile.imported", { statements, lines: taken.lines, matched: taken.matched, waiting: taken.waiting })}</p>;
  }
  if (run.state === "refused" || run.state === "failed")
    return (
      <ul className={styles.faults}>
        {run.problem && faultsOf(run.problem).map((fault, i) => <li key={`${fault.code}${i}`}>{sentence(fault)}</li>)}
      </ul>
    );
  const label = t(`run.${run.state === "running" ? (run.phase ?? "waiting") : run.state}`);
  return (
    <p className={styles.under}>
      <progress aria-label={label} {...(run.phase === "reading" && run.total ? { max: run.total, value: run.done } : {})} />
      <span>{label}</span>
    </p>
  );
}
