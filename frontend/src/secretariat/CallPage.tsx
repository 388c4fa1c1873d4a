import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link, Redirect } from "wouter";
import { client, versionOf } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Attachments } from "../attachment/lazy";
import { CallReading } from "../call/CallReading";
import { useCallFile } from "../call/call";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { placeOf } from "../time/dates";
import { instantIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

// Brought when the page stands: what it says is read first.
const Correcting = lazy(async () => ({ default: (await import("../call/Correcting")).Correcting }));
const Enquiries = lazy(async () => ({ default: (await import("../call/Enquiries")).Enquiries }));

/** One call: the questions that wait, what it says, its deadline moved for all, its words put right. */
export default function CallPage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const call = useCallFile(params.id, language);
  const c = call.data;
  if (call.error) return <Trouble error={call.error} again={() => void call.refetch()} />;
  if (!c) return <Waiting />;
  if (c.state === "draft") return <Redirect to={`/office/calls/${c.id}/write/words`} />;
  return (
    <>
      <PageHead
        title={c.title}
        crumbs={
          <>
            <Link href="/office/calls">{t("round.title")}</Link> / <bdi>{c.ref}</bdi>{" "}
            <Tag tone={c.state === "open" ? "good" : "plain"}>{t(`round.state.${c.state}`)}</Tag>
          </>
        }
        actions={
          <Link className={styles.link} href={`/office/proposals?call=${c.id}`}>
            {t("round.proposals")}
          </Link>
        }
      />
      <div className={styles.stack}>
        <Suspense fallback={<Waiting />}>
          <Enquiries call={c} />
        </Suspense>
        <CallReading call={c} />
        <Suspense fallback={<Waiting />}>
          <div className={styles.card}>
            <Attachments kind="call" subject={c.id} heading />
          </div>
        </Suspense>
        {c.may.includes("call.extend") && <Extend id={c.id} />}
        <Suspense>{c.may.includes("call.correct") && <Correcting key={c.version} call={c} />}</Suspense>
      </div>
    </>
  );
}

function Extend({ id }: { id: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const extend = useAct(
    async (key: string, body: { closes_at: string; reason: string }) =>
      client.POST("/calls/{id}/extension", {
        params: { path: { id }, header: { "Idempotency-Key": key, "If-Match": versionOf(`/calls/${id}`) ?? "" } },
        body,
      }),
    async () => {
      setTo("");
      setReason("");
      toast(t("round.extended"));
      await queries.invalidateQueries({ queryKey: ["calls"] });
    },
  );
  const wrong = faultsByField(extend.problem);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void extend.run({ closes_at: instantIn(to, fund.zone), reason });
      }}
    >
      <h2>{t("round.extend")}</h2>
      <p className={styles.quiet}>{t("round.extend-lead")}</p>
      <ErrorSummary problem={extend.problem} names={{ closes_at: t("round.extend-to"), reason: t("round.extend-reason") }} />
      <Field
        id="closes_at"
        type="datetime-local"
        dir="ltr"
        label={t("round.extend-to")}
        hint={t("round.time-hint", { place: placeOf(fund.zone, language) })}
        error={wrong.closes_at}
        value={to}
        onChange={(e) => setTo(e.target.value)}
      />
      <TextField
        id="reason"
        rows={3}
        label={t("round.extend-reason")}
        error={wrong.reason}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" busy={extend.busy}>
          {t("round.extend")}
        </Button>
      </div>
    </form>
  );
}
