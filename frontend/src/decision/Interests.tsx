import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import { useSession } from "../shell/session";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { named, type Question, type Rules, useInterestName } from "./data";
import styles from "./decision.module.css";

// Brought for whoever sets one aside, or knows of one.
const Dismiss = lazy(() => import("./Dismiss"));
const Suggest = lazy(() => import("./Suggest"));

/** What is on record of stakes in the item, and a place to declare one's own. */
export default function Interests({ question: q, rules }: { question: Question; rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const { data: session } = useSession();
  const queries = useQueryClient();
  const [typed, setTyped, sent] = useTypedForm(`interest/${q.id}`, { kind: "", note: "" });
  const { kind, note } = typed;
  const setKind = (kind: typeof typed.kind) => setTyped({ kind });
  const setNote = (note: typeof typed.note) => setTyped({ note });
  const declare = useAct(
    async (key: string, body: { kind: string; note: string }) =>
      client.POST("/questions/{id}/interests", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } }, body: body as never }),
    async () => {
      await sent();
      await queries.invalidateQueries({ queryKey: ["question"] });
    },
  );
  const wrong = faultsByField(declare.problem);
  const list = q.interests ?? [];
  const kindOf = useInterestName(rules);
  const [aside, setAside] = useState("");
  if (list.length === 0 && !q.may.includes("interest.declare") && !q.may.includes("interest.suggest")) return null;
  return (
    <section className={styles.tight}>
      <h2>{t("interests.title")}</h2>
      {list.length === 0 ? (
        <p className={styles.quiet}>{t("interests.none")}</p>
      ) : (
        <ul className={`${styles.rows} ${styles.card}`}>
          {list.map((i, n) => (
            <li key={`${i.organisation}${i.kind}${n}`} className={styles.row}>
              <span>
                <bdi className={styles.who}>{name(i.organisation)}</bdi>
                <span className={styles.quiet}>
                  {kindOf(i.kind)} · {t(`interest.source.${i.source}`)}
                  {i.drawn_from && <> · {t("interest.drawn", { item: i.drawn_from })}</>}
                </span>{" "}
                {i.note && (
                  <q className={styles.said} dir="auto">
                    {i.note}
                  </q>
                )}
                {i.dismissed && (
                  <span className={styles.quiet}>
                    {t("interest.dismissed-by", { by: i.dismissed.by })} <DateTime value={i.dismissed.at} />{" "}
                    <q className={styles.said} dir="auto">
                      {i.dismissed.reason}
                    </q>
                  </span>
                )}
                {i.may.includes("interest.dismiss") && aside !== `${i.organisation}${i.kind}` && (
                  <Button
                    tone="quiet"
                    aria-label={t("interest.dismiss-of", { organisation: name(i.organisation), kind: kindOf(i.kind) })}
                    onClick={() => setAside(`${i.organisation}${i.kind}`)}
                  >
                    {t("interest.dismiss")}
                  </Button>
                )}
                {i.may.includes("interest.dismiss") && aside === `${i.organisation}${i.kind}` && (
                  <Suspense>
                    <Dismiss question={q.id} of={i} done={() => setAside("")} />
                  </Suspense>
                )}
              </span>
              {i.dismissed ? (
                <Tag>{t("interest.dismissed")}</Tag>
              ) : (
                <Tag tone={i.effect === "declare" ? "plain" : "warn"}>{t(`effect.${i.effect}`)}</Tag>
              )}
            </li>
          ))}
        </ul>
      )}
      {(q.may.includes("interest.declare") || q.may.includes("interest.suggest")) && (
        <p>
          <Link href="/interests">{t("interest.to-register")}</Link>
        </p>
      )}
      {q.may.includes("interest.suggest") && (
        <Suspense>
          <Suggest question={q} rules={rules} />
        </Suspense>
      )}
      {q.may.includes("interest.declare") && (
        <details className={styles.more}>
          <summary>{t("interests.declare")}</summary>
          <form
            className={styles.stack}
            noValidate
            onSubmit={(e) => {
              e.preventDefault();
              void declare.run({ kind, note });
            }}
          >
            <p className={styles.quiet}>{t("interests.lead", { organisation: name(session?.hat?.code ?? "") })}</p>
            <ErrorSummary problem={declare.problem} names={{ kind: t("interests.kind"), note: t("interests.note") }} />
            <Choice id="kind" label={t("interests.kind")} error={wrong.kind} value={kind} onChange={(e) => setKind(e.target.value)}>
              <option value="">{t("list.choose")}</option>
              {rules.interests.map((i) => (
                <option key={i.key} value={i.key}>
                  {named(i.name, language, i.key)}
                </option>
              ))}
            </Choice>
            <TextField
              id="note"
              rows={3}
              label={t("interests.note")}
              error={wrong.note}
              value={note}
              onChange={(e) => setNote(e.target.value)}
            />
            <div className={styles.acts}>
              <Button type="submit" busy={declare.busy}>
                {t("interests.do")}
              </Button>
            </div>
          </form>
        </details>
      )}
    </section>
  );
}
