import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Arithmetic, named, type Question, type Rules } from "./data";
import styles from "./decision.module.css";

const Withdraw = lazy(() => import("./Withdraw"));

/** What the person in the chair does: puts the item, announces what the count comes to, withdraws it. */
export default function Chair({ question: q, counted: n, rules }: { question: Question; counted: Arithmetic; rules: Rules }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"announce" | "withdraw" | null>(null);
  const [casting, setCasting] = useState("");
  const [number, setNumber] = useState("");
  const fresh = () =>
    Promise.all(["question", "meeting", "decisions", "tasks"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const again = async () => {
    setAsking(null);
    await fresh();
  };
  const path = (key: string) => ({ params: { path: { id: q.id }, header: { "Idempotency-Key": key } } });
  const put = useAct(async (key: string) => client.POST("/questions/{id}/opening", path(key)), fresh); // a dialog opened meanwhile stays
  const announce = useAct(
    async (key: string, cast: string) =>
      (await client.POST("/questions/{id}/decision", { ...path(key), body: cast ? { casting: cast } : {} })).data,
    async (made) => {
      setNumber(made?.number ?? "");
      await again();
    },
  );
  // In writing it is opened where its end is told.
  const may = (act: string) => q.may.includes(act) && !(act === "question.open" && q.in_writing);
  if (number)
    return (
      <p role="status">
        <Link href={`/decisions/${number}`} className={styles.link}>
          {t("chair.decision", { number })}
        </Link>
      </p>
    );
  if (!may("question.open") && !may("decision.announce") && !may("question.withdraw")) return null;
  return (
    <section className={styles.tight}>
      <h2>{t(may("question.open") || may("decision.announce") ? "chair.title" : "chair.withdrawal")}</h2>
      <ErrorSummary problem={asking ? null : (put.problem ?? announce.problem)} />
      <div className={styles.acts}>
        {may("question.open") && (
          <Button tone="main" busy={put.busy} onClick={() => void put.run()}>
            {t("meeting.put")}
          </Button>
        )}
        {may("decision.announce") && (
          <Button tone="main" onClick={() => setAsking("announce")}>
            {t("chair.announce")}
          </Button>
        )}
        {may("question.withdraw") && (
          <Button tone="danger" onClick={() => setAsking("withdraw")}>
            {t("chair.withdraw")}
          </Button>
        )}
      </div>
      {asking === "withdraw" && (
        <Suspense>
          <Withdraw question={q} done={again} leave={() => setAsking(null)} />
        </Suspense>
      )}
      {asking === "announce" && (
        <Dialog
          title={t("chair.announce")}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>{t("dialog.cancel")}</Button>
              <Button tone="main" busy={announce.busy} onClick={() => void announce.run(casting)}>
                {t("chair.announce")}
              </Button>
            </>
          }
        >
          <div className={styles.stack}>
            <ErrorSummary problem={announce.problem} />
            <p>
              {asking === "announce"
                ? t(n.positions?.unheard && n.outcome === "silent" ? "chair.outcome.unheard" : `chair.outcome.${n.outcome ?? "unknown"}`)
                : t("chair.withdraw-lead")}
            </p>
            {asking === "announce" && n.outcome === "tied" && (
              <Choice id="casting" label={t("chair.casting")} value={casting} onChange={(e) => setCasting(e.target.value)}>
                <option value="">{t("chair.casting-none")}</option>
                {/* The charter's own positions that are for it or against it. */}
                {rules.procedures
                  .find((p) => p.procedure === n.procedure)
                  ?.positions.filter((p) => p.effect === "joins" || p.effect === "blocks")
                  .map((p) => (
                    <option key={p.key} value={p.key}>
                      {named(p.name, language, p.key)}
                    </option>
                  ))}
              </Choice>
            )}
          </div>
        </Dialog>
      )}
    </section>
  );
}
