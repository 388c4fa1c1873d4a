import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import type { Proposal } from "../proposal/proposal";
import { fund } from "../shell/fund";
import { Trouble } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";
import { type Point, type Screenings, screeningsKey, useScreenings } from "./data";
import { Appealed, Asked, Missed, usePlaces } from "./Finding";

// The pages that show it have no room for saying so themselves.
await bringArea("reading");

/** What the last finding asks of the applicant: points to tick off, or an appeal against it. */
export default function Screened({ p }: { p: Proposal }) {
  const file = useScreenings(p.id);
  if (file.error) return <Trouble error={file.error} again={() => void file.refetch()} />;
  const last = file.data?.findings[0];
  if (!file.data || !last || last.n !== p.submission?.n) return null; // of a version that was mended since
  return (
    <div className={styles.stack} id="points">
      <Missed finding={last} checklist={file.data.checklist} />
      {file.data.may.includes("point.mend") ? <Points p={p} points={last.points} /> : <Asked finding={last} written={p} />}
      <Appealed appeal={last.appeal} />
      {file.data.may.includes("appeal.make") && <Appealing id={p.id} until={file.data.appeal_until} />}
    </div>
  );
}

/** Each point with its tick and a word on what was done; both are kept as they are given. */
function Points({ p, points }: { p: Proposal; points: Point[] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const mend = useAct(
    async (key: string, point: string, body: { mended: boolean; note: string }) =>
      (
        await client.POST("/proposals/{id}/points/{point}/mending", {
          params: { path: { id: p.id, point }, header: { "Idempotency-Key": key } },
          body,
        })
      ).data!,
    (file: Screenings) => {
      queries.setQueryData(screeningsKey(p.id), file);
      void queries.invalidateQueries({ queryKey: ["proposal", p.id, "lacks"] });
    },
  );
  return (
    <section className={styles.card}>
      <h2>{t("mend.title")}</h2>
      <p>{t("mend.lead")}</p>
      <ErrorSummary problem={mend.problem} />
      <ol className={styles.stack}>
        {points.map((x, i) => (
          <PointToMend key={x.id} p={p} point={x} n={i} say={(mended, note) => mend.run(x.id, { mended, note })} />
        ))}
      </ol>
    </section>
  );
}

function PointToMend({
  p,
  point: x,
  n,
  say,
}: {
  p: Proposal;
  point: Point;
  n: number;
  say: (mended: boolean, note: string) => Promise<void>;
}) {
  const { t } = useWords();
  const places = usePlaces(p);
  const [note, setNote] = useState(x.note);
  const place = places.of(x);
  const page = places.page(x);
  return (
    <li>
      <label className={styles.check}>
        <input type="checkbox" id={`point-${n}`} checked={x.mended} onChange={(e) => void say(e.target.checked, note)} />
        <span dir="auto">{x.todo}</span>
      </label>
      {place && <p>{page ? <Link href={`/proposals/${p.id}/${page}`}>{place}</Link> : <span className={styles.quiet}>{place}</span>}</p>}
      {x.mended && (
        <Field
          id={`point-${n}-note`}
          label={t("mend.note")}
          optional
          value={note}
          onChange={(e) => setNote(e.target.value)}
          onBlur={() => note !== x.note && void say(true, note)}
        />
      )}
    </li>
  );
}

function Appealing({ id, until }: { id: string; until: string | null }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [reason, setReason, sent] = useTyped(`appeal/${id}`, "");
  const appeal = useAct(
    async (key: string, body: { reason: string }) =>
      (await client.POST("/proposals/{id}/appeal", { params: { path: { id }, header: { "Idempotency-Key": key } }, body })).data!,
    async (file: Screenings) => {
      await sent();
      queries.setQueryData(screeningsKey(id), file);
      toast(t("appeal.made"));
    },
  );
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void appeal.run({ reason });
      }}
    >
      <h2>{t("appeal.title")}</h2>
      <p>{t("appeal.lead")}</p>
      {until && (
        <p>
          {/* It ends as the next day begins: the minute before is the last of the last day. */}
          {t("appeal.until")} <DateTime value={new Date(Date.parse(until) - 60_000).toISOString()} zone={fund.zone} />
        </p>
      )}
      <ErrorSummary problem={appeal.problem} names={{ reason: t("appeal.reason") }} />
      <TextField
        id="reason"
        label={t("appeal.reason")}
        error={faultsByField(appeal.problem).reason}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={appeal.busy}>
          {t("appeal.do")}
        </Button>
      </div>
    </form>
  );
}
