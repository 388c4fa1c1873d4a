import { lazy, Suspense } from "react";
import { Link } from "wouter";
import type { components } from "../api/schema";
import { Listing } from "../list/Listing";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { DateTime } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { useMayBegin } from "./data";
import styles from "./decision.module.css";
import { toneOf } from "./sentences";

const Subscribing = lazy(() => import("./Subscribing"));

/** The body's meetings, the latest first. */
export default function MeetingsPage() {
  const { t } = useWords();
  const plans = useMayBegin("meeting.plan");
  const follows = useMayBegin("calendar.renew");
  return (
    <>
      <PageHead
        title={t("meetings.title")}
        lead={t("meetings.lead")}
        actions={
          <>
            <Link href="/charter/start" className={styles.link}>
              {t("meetings.start")}
            </Link>
            <Link href="/charter" className={styles.link}>
              {t("meetings.rules")}
            </Link>
            <Link href="/portfolio" className={styles.link}>
              {t("meetings.portfolio")}
            </Link>
            <Link href="/in-writing" className={styles.link}>
              {t("meetings.in-writing")}
            </Link>
            {plans && (
              <>
                <Link href="/office/pipeline" className={styles.link}>
                  {t("meetings.pipeline")}
                </Link>
                <Link href="/meetings/new" className={styles.link}>
                  {t("meetings.plan")}
                </Link>
              </>
            )}
          </>
        }
      />
      <Listing<components["schemas"]["Meeting"]>
        path="/meetings"
        caption={t("meetings.title")}
        id={(m) => m.id}
        first="-at"
        empty={plans ? t("meetings.empty-plan") : t("meetings.empty")}
        narrow={[
          {
            field: "state",
            label: t("meetings.state"),
            values: ["planned", "open", "closed", "cancelled"],
            called: (state) => t(`meeting.state.${state}`),
          },
        ]}
        tone={(m) => (m.state === "open" ? "chosen" : undefined)}
        columns={[
          { key: "ref", plain: true, head: t("meetings.ref"), by: (m) => m.ref, cell: (m) => <bdi dir="ltr">{m.ref}</bdi> },
          {
            key: "title",
            head: t("meetings.name"),
            heads: true,
            by: (m) => m.title,
            cell: (m) => (
              <Link href={`/meetings/${m.id}`} dir="auto">
                {m.title}
              </Link>
            ),
          },
          {
            key: "at",
            plain: true,
            head: t("meetings.at"),
            by: (m) => m.starts_at,
            cell: (m) => <DateTime value={m.starts_at} zone={fund.zone} />,
          },
          {
            key: "state",
            plain: true,
            head: t("meetings.state"),
            by: (m) => m.state,
            cell: (m) => <Tag tone={m.state === "open" ? "good" : toneOf(m.state)}>{t(`meeting.state.${m.state}`)}</Tag>,
          },
        ]}
      />
      {follows && (
        <Suspense>
          <Subscribing />
        </Suspense>
      )}
    </>
  );
}
