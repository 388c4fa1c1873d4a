import { lazy, Suspense } from "react";
import { Link, Redirect } from "wouter";
import { Attachments } from "../attachment/lazy";
import { CallReading } from "../call/CallReading";
import { useCallFile } from "../call/call";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";

// Brought when the page stands: what it says is read first.
const Extending = lazy(() => import("./Extending"));
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
          <>
            <Link className={styles.link} href={`/office/proposals?call=${c.id}`}>
              {t("round.proposals")}
            </Link>
            <Link className={styles.link} href={`/office/calls/${c.id}/assessors`}>
              {t("round.assessors")}
            </Link>
          </>
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
        <Suspense>{c.may.includes("call.extend") && <Extending id={c.id} />}</Suspense>
        <Suspense>{c.may.includes("call.correct") && <Correcting key={c.version} call={c} />}</Suspense>
      </div>
    </>
  );
}
