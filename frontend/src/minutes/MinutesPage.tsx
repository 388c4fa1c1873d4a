import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { useMeeting, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Moment } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { lastOf, type Minutes, tones, useMinutes } from "./data";
import { Parts } from "./Parts";
import { Sent } from "./Sent";

// Few who read minutes do anything to them.
const NextStep = lazy(() => import("./NextStep"));

// A draft has none, and they stand below the rest.
const Corrections = lazy(async () => ({ default: (await import("./Corrections")).Corrections }));

/** The minutes of a meeting: what the record has, the prose around it, and what is done to them next. */
export default function MinutesPage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const meeting = useMeeting(params.id);
  const minutes = useMinutes(params.id);
  const rules = useRules(meeting.data?.charter_version).data;
  const broken = meeting.error ? meeting : minutes;
  if (broken.error) return <Trouble error={broken.error} again={() => void broken.refetch()} />;
  const [f, m] = [meeting.data, minutes.data];
  if (!f || !m || !rules) return <Waiting />;
  const file = (format: string) => `/api/v1/meetings/${params.id}/minutes/document?${new URLSearchParams({ format, language })}`;
  return (
    <>
      <PageHead
        title={t("minutes.title", { title: f.title })}
        crumbs={
          <>
            <Link href="/meetings">{t("meetings.title")}</Link> /{" "}
            <Link href={`/meetings/${f.id}`}>
              <bdi>{f.ref}</bdi>
            </Link>
          </>
        }
        actions={<Tag tone={tones[m.state]}>{t(`minutes.state.${m.state}`)}</Tag>}
      />
      <div className={styles.stack}>
        <Standing of={m} />
        <Suspense>
          <NextStep of={m} meeting={f.id} />
        </Suspense>
        {m.state === "none" && !m.may.includes("minutes.draft") && <p className={styles.card}>{t("minutes.none")}</p>}
        {m.says && (
          <>
            <p className={styles.acts}>
              {["html", "pdf", "docx"].map((format) => (
                <a key={format} href={file(format)}>
                  {t(`minutes.file-${format}`)}
                </a>
              ))}
            </p>
            {m.says.abridged && <p className={styles.quiet}>{t("minutes.abridged")}</p>}
            <Parts of={m} says={m.says} rules={rules} />
            <Suspense>
              <Corrections of={m} says={m.says} />
            </Suspense>
            <Sent list={m.sent} />
          </>
        )}
      </div>
    </>
  );
}

/** How far they are, and by when what is to come. */
function Standing({ of: m }: { of: Minutes }) {
  const { t } = useWords();
  return (
    <dl className={styles.facts}>
      {m.corrections_until && m.state === "circulated" && (
        <>
          <dt>{t("minutes.corrections-until")}</dt>
          <dd>
            <DateTime value={lastOf(m.corrections_until)} zone={fund.zone} />
          </dd>
        </>
      )}
      {m.fixed_at && (
        <>
          <dt>{t("minutes.fixed-at")}</dt>
          <dd>
            <bdi>{m.says?.number}</bdi>, <Moment value={m.fixed_at} zone={fund.zone} hour />
          </dd>
          <dt>{t("minutes.hash")}</dt>
          <dd>
            <bdi dir="ltr" className={styles.text}>
              {m.record_sha256}
            </bdi>
          </dd>
        </>
      )}
      {m.send_by && m.sent.length === 0 && (
        <>
          <dt>{t("minutes.send-by")}</dt>
          <dd>
            <DateTime value={lastOf(m.send_by)} zone={fund.zone} /> {m.late && <Tag tone="bad">{t("minutes.late")}</Tag>}
          </dd>
        </>
      )}
    </dl>
  );
}
