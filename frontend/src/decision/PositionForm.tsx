import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField, type Problem } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { useSession } from "../shell/session";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Arithmetic, named, type Question, type Rules } from "./data";
import styles from "./decision.module.css";
import { effectOf } from "./sentences";

/** Saying nothing: no position of the charter, and nothing is sent. */
const silent = "";

/** A position: chosen, reviewed, confirmed; changeable while the item is open. The secretary writes down a seat's. */
export default function PositionForm({ question: q, counted: n, rules }: { question: Question; counted: Arithmetic; rules: Rules }) {
  const { t, language } = useWords();
  const { data: session } = useSession();
  const { name } = useNames();
  const queries = useQueryClient();
  const toast = useToast();
  const writes = session?.hat?.role === "secretariat";
  const seats = n.seats.filter((s) => s.decides && !s.recused && s.present);
  const [seat, setSeat] = useState("");
  const own = writes ? seats.find((s) => s.seat === seat) : n.seats.find((s) => s.organisation === session?.hat?.code && s.decides);
  const procedure = rules.procedures.find((p) => p.procedure === n.procedure);
  const positions = procedure?.positions ?? [];
  const stands = own?.position ?? silent;
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useTyped(`position/${q.id}`, "");
  const [review, setReview] = useState(false);
  const [lacking, setLacking] = useState<Problem | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const value = chosen ?? stands;
  const position = positions.find((p) => p.key === value);
  const take = useAct(
    async (key: string, body: { position: string; reason: string; seat?: string; text_version?: number }) =>
      client.POST("/questions/{id}/positions", { params: { path: { id: q.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      setReview(false);
      setChosen(null);
      setReason("");
      toast(t("position.taken"));
      await Promise.all(["question", "tasks"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
    },
  );
  const reviewed = useRef(false);
  useEffect(() => {
    if (review !== reviewed.current) heading.current?.focus();
    reviewed.current = review;
  }, [review]);
  const whose = own ? name(own.organisation) : "";
  const problem = take.problem ?? lacking;
  const wrong = faultsByField(problem);
  const nameOf = (key: string) => named(positions.find((p) => p.key === key)?.name, language, key);
  // In writing what comes after the end counts for nothing, so words that speak of a meeting would mislead.
  const ends = q.in_writing?.ends_at;
  const effect = (p: (typeof positions)[number]) => {
    const is = effectOf(p, n.procedure);
    return is === "waits" && q.in_writing ? t("written.waits") : t(`position.effect.${is}`);
  };
  const title = own ? t("position.title", { organisation: whose }) : t("position.title-record");

  if (review && position && own)
    return (
      <section className={`${styles.card} ${styles.now}`}>
        <h2 ref={heading} tabIndex={-1}>
          {t("position.review")}
        </h2>
        <ErrorSummary problem={take.problem} names={{ reason: t("position.reason") }} />
        <dl className={styles.facts}>
          <dt>{t("position.for")}</dt>
          <dd>
            <bdi>{whose}</bdi>
          </dd>
          <dt>{t("position.position")}</dt>
          <dd>
            <b>{named(position.name, language, position.key)}</b>
          </dd>
          <dt>{t("position.reason")}</dt>
          <dd id="reason" tabIndex={-1} dir="auto">
            {reason.trim() || t("position.no-reason")}
          </dd>
        </dl>
        <p>{effect(position)}</p>
        {q.amount && position.effect !== "aside" && (
          <p>
            {t(position.effect === "joins" || position.effect === "ad-referendum" ? "position.granted" : "position.at-stake")}{" "}
            <Amount value={q.amount.amount} currency={q.amount.currency} strong />
          </p>
        )}
        <div className={styles.acts}>
          <Button
            tone="main"
            busy={take.busy}
            onClick={() =>
              void take.run({
                position: position.key,
                reason: reason.trim(),
                ...(q.text_version ? { text_version: q.text_version } : {}),
                ...(writes ? { seat: own.seat } : {}),
              })
            }
          >
            {t("position.confirm")}
          </Button>
          <Button
            onClick={() => {
              take.clear();
              setReview(false);
            }}
          >
            {t("position.back")}
          </Button>
        </div>
      </section>
    );

  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        if (!position) return;
        if (position.needs_reason && reason.trim() === "") {
          setLacking({
            type: "about:blank",
            code: "position-needs-a-reason",
            title: t("position.reason-needed"),
            status: 422,
            field: "/reason",
          });
          return;
        }
        setLacking(null);
        setReview(true);
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <ErrorSummary problem={problem} />
      {stands !== silent && <p role="status">{t("position.stands", { position: nameOf(stands) })}</p>}
      {writes && (
        <Choice
          id="seat"
          label={t("position.seat")}
          hint={t("position.seat-hint")}
          error={wrong.seat}
          value={seat}
          onChange={(e) => {
            setSeat(e.target.value);
            setChosen(null);
          }}
        >
          <option value="">{t("room.seat-choose")}</option>
          {seats.map((s) => (
            <option key={s.seat} value={s.seat}>
              {name(s.organisation)}
            </option>
          ))}
        </Choice>
      )}
      {own && (
        <>
          {stands === silent && !writes && !q.in_writing && (
            <p>
              {t(
                own.unheard
                  ? "position.if-unheard"
                  : rules.silent_join && n.procedure !== "vote"
                    ? "position.if-silent-joins"
                    : "position.if-silent-none",
              )}
            </p>
          )}
          <Radios
            id="position"
            label={t("position.position")}
            error={wrong.position}
            value={value}
            onChange={(key) => {
              setChosen(key);
              setLacking(null);
              take.clear();
            }}
            options={[
              ...(stands === silent && !writes
                ? [
                    {
                      value: silent,
                      label: t("position.silent"),
                    },
                  ]
                : []),
              ...positions.map((p) => ({
                value: p.key,
                label: named(p.name, language, p.key),
                hint: (
                  <>
                    {effect(p)} {p.needs_reason && t("position.needs-reason")}
                  </>
                ),
              })),
            ]}
          />
          {position && (
            <TextField
              id="reason"
              rows={3}
              label={t("position.reason")}
              optional={!position.needs_reason}
              hint={t("position.reason-hint")}
              error={wrong.reason}
              value={reason}
              onChange={(e) => setReason(e.target.value)}
            />
          )}
          <div className={styles.acts}>
            <Button type="submit" tone="main" disabled={!position || (position.key === stands && reason.trim() === "")}>
              {t("position.review")}
            </Button>
            {procedure?.changeable && ends ? (
              <p className={styles.quiet}>
                {t("written.changeable")} <DateTime value={ends} zone={fund.zone} />
              </p>
            ) : (
              <p className={styles.quiet}>{t(procedure?.changeable ? "position.changeable" : "position.final")}</p>
            )}
          </div>
        </>
      )}
    </form>
  );
}
