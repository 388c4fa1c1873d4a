import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped, useTypedForm } from "../draft/useTyped";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { useSession } from "../shell/session";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Diff } from "../ui/Diff/Diff";
import { Choice, described, Labelled, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import { type Arithmetic, named, type Question, underWay, useRules } from "./data";
import styles from "./decision.module.css";
import type { Naming } from "./Naming";
import { within } from "./within";

// Brought with the part: most items keep the text that was listed.
await bringArea("ladder");

const Named = lazy(() => import("./Named"));
const NamingFields = lazy(() => import("./Naming"));

type Text = NonNullable<Question["texts"]>[number];

/** Other texts that were proposed for the item, each compared word by word, and what became of them. */
export default function Texts({ question: q, counted }: { question: Question; counted: Arithmetic | undefined }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [writing, setWriting] = useState(false);
  const again = async () => {
    setWriting(false);
    await Promise.all(["question", "tasks"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const proposes = q.may.includes("text.propose");
  if (!proposes && !q.texts?.length && (q.text_version ?? 1) === 1) return null;
  return (
    <section className={styles.tight} aria-labelledby="texts">
      <h2 id="texts">{t("texts.title")}</h2>
      {(q.text_version ?? 1) > 1 && (
        <>
          <p role="status">{t(underWay(q.state) ? "texts.amended" : "texts.was-amended", { version: q.text_version })}</p>
          <details className={styles.more}>
            <summary>{t("texts.since")}</summary>
            <Diff from={q.listed_text ?? ""} to={q.text ?? ""} {...(q.language ? { lang: q.language } : {})} />
          </details>
          <Former question={q} counted={counted} />
        </>
      )}
      {q.texts && q.texts.length > 0 && (
        <ol className={styles.rows}>
          {q.texts.map((x) => (
            <Proposed key={x.n} question={q} text={x} done={again} />
          ))}
        </ol>
      )}
      {proposes && !writing && (
        <div className={styles.acts}>
          <Button onClick={() => setWriting(true)}>{t("texts.propose")}</Button>
        </div>
      )}
      {proposes && writing && <Proposing question={q} counted={counted} done={again} leave={() => setWriting(false)} />}
    </section>
  );
}

/** What was said of a text that no longer stands: each seat's last word on it. */
function Former({ question: q, counted }: { question: Question; counted: Arithmetic | undefined }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const rules = useRules(q.charter_version).data;
  const last = new Map((q.positions ?? []).filter((p) => p.text_version < (q.text_version ?? 1)).map((p) => [p.seat, p]));
  if (last.size === 0 || !rules || !counted) return null;
  const positions = rules.procedures.find((p) => p.procedure === q.procedure)?.positions ?? [];
  return (
    <>
      <h3>{t("texts.former")}</h3>
      <ul className={styles.rows}>
        {[...last.values()].map((p) => (
          <li key={p.seat} className={styles.row}>
            <span>
              <span className={styles.who}>
                <bdi>{name(counted.seats.find((s) => s.seat === p.seat)?.organisation ?? "")}</bdi>
              </span>
              <span className={styles.quiet}>{t("texts.former-of", { version: p.text_version })}</span>
              {p.reason && (
                <q className={styles.said} dir="auto">
                  {p.reason}
                </q>
              )}
            </span>
            <Tag>{named(positions.find((x) => x.key === p.position)?.name, language, p.position)}</Tag>
          </li>
        ))}
      </ul>
    </>
  );
}

function Proposed({ question: q, text: x, done }: { question: Question; text: Text; done: () => Promise<void> }) {
  const { t } = useWords();
  const { name } = useNames();
  const said = x.answer;
  return (
    <li className={styles.tight}>
      <p className={styles.row}>
        <span>
          <span className={styles.who}>
            <bdi>{name(x.organisation)}</bdi>
          </span>{" "}
          <DateTime value={x.at} zone={fund.zone} />
        </span>
        <Tag tone={!said ? "warn" : said.accepted ? "good" : "plain"}>
          {t(!said ? "texts.waits" : said.accepted ? "texts.taken" : "texts.not-taken")}
        </Tag>
      </p>
      <q className={styles.said} dir="auto">
        {x.reason}
      </q>
      {said?.accepted ? (
        <p className={styles.text} lang={q.language} dir="auto">
          {x.text}
        </p>
      ) : (
        <Diff from={q.text ?? ""} to={x.text} {...(q.language ? { lang: q.language } : {})} />
      )}
      {(x.amount || x.conditions) && (
        <Suspense>
          <Named of={x} lang={q.language} />
        </Suspense>
      )}
      {said?.reason && <p dir="auto">{said.reason}</p>}
      {!said && q.may.includes("text.answer") && <Answering question={q} text={x} done={done} />}
    </li>
  );
}

/** Whoever presides takes the text, or says why not. */
function Answering({ question: q, text: x, done }: { question: Question; text: Text; done: () => Promise<void> }) {
  const { t } = useWords();
  const { name } = useNames();
  const id = `answer-${x.n}`;
  const [reason, setReason, sent] = useTyped(`texts/${q.id}/${x.n}`, "");
  const [stays, setStays] = useState(false);
  const asked = x.amount ? undefined : q.amount; // a text that names a sum says itself what goes with it
  const act = within(
    useAct(
      async (key: string, accepted: boolean, why: string) =>
        client.POST("/questions/{id}/texts/{n}/answer", {
          params: { path: { id: q.id, n: x.n }, header: { "Idempotency-Key": key } },
          body: { accepted, reason: why, ...(accepted && asked ? { sum_stays: stays } : {}) },
        }),
      async () => Promise.all([sent(), done()]),
    ),
    id,
  );
  return (
    <ActForm
      plain
      label={`${x.n}. ${name(x.organisation)}`}
      act={act}
      names={{ [`${id}-reason`]: t("texts.why-not"), [`${id}-sum_stays`]: t("texts.sum") }}
      button={t("texts.decline")}
      tone="plain"
      send={() => void act.run(false, reason.trim())}
    >
      <TextField
        id={`${id}-reason`}
        rows={2}
        label={t("texts.why-not")}
        hint={t("texts.why-not-hint")}
        error={faultsByField(act.problem)[`${id}-reason`]}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      {asked && (
        <Labelled
          id={`${id}-sum_stays`}
          label={t("texts.sum-stays")}
          hint={t("texts.sum-hint")}
          error={faultsByField(act.problem)[`${id}-sum_stays`]}
        >
          <span>
            <input
              type="checkbox"
              {...described({
                id: `${id}-sum_stays`,
                hint: t("texts.sum-hint"),
                error: faultsByField(act.problem)[`${id}-sum_stays`],
              })}
              checked={stays}
              onChange={(e) => setStays(e.target.checked)}
            />{" "}
            <Amount value={asked.amount} currency={asked.currency} strong />
          </span>
        </Labelled>
      )}
      <div className={styles.acts}>
        <Button tone="main" busy={act.busy} onClick={() => void act.run(true, reason.trim())}>
          {t("texts.take")}
        </Button>
        <p className={styles.quiet}>{t("texts.take-hint")}</p>
      </div>
    </ActForm>
  );
}

function Proposing({
  question: q,
  counted,
  done,
  leave,
}: {
  question: Question;
  counted: Arithmetic | undefined;
  done: () => Promise<void>;
  leave: () => void;
}) {
  const { t } = useWords();
  const { data: session } = useSession();
  const { name } = useNames();
  const writes = session?.hat?.role === "secretariat";
  const [form, set, sent] = useTypedForm(`texts/${q.id}/new`, { text: q.text ?? "", reason: "", seat: "" });
  const nothing: Naming = { sums: false, parts: {}, conditioned: false, conditions: [] };
  const [named, setNamed, namedSent] = useTyped(`texts/${q.id}/named`, nothing);
  const names = Boolean(q.amount || q.kind === "grant" || q.change || q.waives);
  const act = within(
    useAct(
      async (key: string, body: typeof form) =>
        client.POST("/questions/{id}/texts", {
          params: { path: { id: q.id }, header: { "Idempotency-Key": key } },
          body: {
            text: body.text,
            reason: body.reason,
            ...(body.seat ? { seat: body.seat } : {}),
            ...(names ? (await import("./Naming")).namedBody(named, q) : {}),
          },
        }),
      async () => Promise.all([sent(), namedSent(), done()]),
    ),
    "proposed",
  );
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      head={
        <>
          <h3>{t("texts.propose")}</h3>
          <p>{t("texts.propose-lead")}</p>
          {q.amount && (
            <p>
              <Amount value={q.amount.amount} currency={q.amount.currency} strong /> {t("texts.sum-listed")}
            </p>
          )}
        </>
      }
      act={act}
      names={{
        "proposed-text": t("texts.text"),
        "proposed-reason": t("texts.reason"),
        "proposed-seat": t("texts.seat"),
        "proposed-amount": t("texts.named-sum"),
        "proposed-shares": t("texts.named-sum"),
      }}
      button={t("texts.send")}
      send={() => void act.run(form)}
      leave={leave}
    >
      {writes && (
        <Choice
          id="proposed-seat"
          label={t("texts.seat")}
          error={wrong["proposed-seat"]}
          value={form.seat}
          onChange={(e) => set({ seat: e.target.value })}
        >
          <option value="">{t("texts.choose")}</option>
          {counted?.seats
            .filter((s) => !s.recused)
            .map((s) => (
              <option key={s.seat} value={s.seat}>
                {name(s.organisation)}
              </option>
            ))}
        </Choice>
      )}
      <TextField
        id="proposed-text"
        rows={6}
        lang={q.language}
        label={t("texts.text")}
        error={wrong["proposed-text"]}
        value={form.text}
        onChange={(e) => set({ text: e.target.value })}
      />
      {names && (
        <Suspense>
          <NamingFields question={q} value={named} change={setNamed} wrong={wrong} />
        </Suspense>
      )}
      {form.text !== q.text && <Diff from={q.text ?? ""} to={form.text} {...(q.language ? { lang: q.language } : {})} />}
      <TextField
        id="proposed-reason"
        rows={2}
        label={t("texts.reason")}
        error={wrong["proposed-reason"]}
        value={form.reason}
        onChange={(e) => set({ reason: e.target.value })}
      />
    </ActForm>
  );
}
