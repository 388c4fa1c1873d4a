import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useAct } from "../api/useAct";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { sessionQuery, useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { unbroken } from "../ui/unbroken";
import { useWords } from "../words/i18n";
import styles from "./Notices.module.css";
import { type MailChoice, type Notice, placeOf, useNotices } from "./notices";

/** What one was told, what of it is unread, and how it comes by mail. */
export default function NoticesPage() {
  const { t } = useWords();
  const first = useNotices(undefined);
  const { data: session } = useSession();
  const [more, setMore] = useState<string[]>([]);
  if (first.error && !first.data) return <Trouble error={first.error} again={() => void first.refetch()} />;
  if (!first.data || !session) return <Waiting />;
  return (
    <>
      <PageHead title={t("notices.title")} lead={t("notices.unread", { count: first.data.unread })} />
      {session.mail_failure && <Failure at={session.mail_failure.at} reason={session.mail_failure.reason} email={session.person.email} />}
      <div className={styles.columns}>
        <Choice now={first.data.mail} />
        <section className={styles.told} aria-label={t("notices.title")}>
          {first.data.notices.length === 0 && (
            <p className={styles.empty}>
              {t("notices.empty")} <Link href="/">{t("missing.home")}</Link>
            </p>
          )}
          {[undefined, ...more].map((after, i) => (
            <Part key={after ?? ""} after={after} onMore={i === more.length ? (next) => setMore([...more, next]) : undefined} />
          ))}
        </section>
      </div>
    </>
  );
}

function Part({ after, onMore }: { after: string | undefined; onMore: ((next: string) => void) | undefined }) {
  const { t } = useWords();
  const part = useNotices(after);
  if (part.error && !part.data) return <Trouble error={part.error} again={() => void part.refetch()} />;
  if (!part.data) return <Waiting />;
  const { notices, next } = part.data;
  return (
    <>
      {notices.length > 0 && (
        <ul className={styles.list}>
          {notices.map((notice) => (
            <One key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {onMore && next && <Button onClick={() => onMore(next)}>{t("notices.older")}</Button>}
    </>
  );
}

function One({ notice }: { notice: Notice }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const { data: session } = useSession();
  const read = useAct(
    async () => client.POST("/notices/{id}/reading", { params: { path: { id: notice.id } } }),
    () => queries.invalidateQueries({ queryKey: ["notices"] }),
  );
  const unread = notice.read_at === null;
  // What was told under another hat has its page under that hat.
  const place = session?.hat?.role === notice.role ? placeOf(notice) : undefined;
  const title = <bdi>{unbroken(notice.title)}</bdi>;
  return (
    <li className={`${styles.notice} ${unread ? styles.unread : ""}`}>
      <div className={styles.what}>
        <p className={styles.title}>
          {place ? (
            <Link href={place} onClick={() => void (unread && read.run())}>
              {title}
            </Link>
          ) : (
            title
          )}{" "}
          {unread && <Tag tone="link">{t("notices.new")}</Tag>}
        </p>
        <p dir="auto">{unbroken(notice.text)}</p>
        <p className={styles.quiet}>
          <DateTime value={notice.at} zone={fund.zone} /> · {t(`role.${notice.role}`)}
        </p>
        {read.problem && <ErrorSummary problem={read.problem} />}
      </div>
      {unread && (
        <Button busy={read.busy} onClick={() => void read.run()} aria-label={`${t("notices.read")}: ${notice.title}`}>
          {t("notices.read")}
        </Button>
      )}
    </li>
  );
}

/** Letters do not arrive: since when, what the mail server said, and what helps. */
function Failure({ at, reason, email }: { at: string; reason: string; email: string }) {
  const { t } = useWords();
  return (
    <section className={styles.failure} aria-label={t("notices.failed")}>
      <h2>{t("notices.failed")}</h2>
      <p>
        <bdi>{email}</bdi> · <DateTime value={at} zone={fund.zone} />
      </p>
      <p>
        {t("notices.failed-said")} <bdi>{reason}</bdi>
      </p>
      <p>{t("notices.failed-help")}</p>
    </section>
  );
}

const ways: MailChoice[] = ["each", "daily", "none"];

/** One's own choice, kept as soon as it is made. */
function Choice({ now }: { now: MailChoice }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [kept, setKept] = useState(false);
  const [chosen, setChosen] = useState(now);
  const choose = useAct(
    async (_: string, mail: MailChoice) => client.PUT("/notices/preference", { body: { mail } }),
    async () => {
      setKept(true);
      await Promise.all([["notices"], sessionQuery.queryKey].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  return (
    <section className={`${styles.choice} ${styles.mail}`}>
      <ErrorSummary problem={choose.problem} />
      <Radios
        id="mail"
        label={t("notices.mail")}
        hint={t("notices.mail-hint")}
        value={choose.problem ? now : chosen}
        onChange={(mail) => {
          setChosen(mail);
          void choose.run(mail);
        }}
        options={ways.map((value) => ({ value, label: t(`notices.mail.${value}`) }))}
      />
      <p role="status" className={styles.quiet}>
        {kept && !choose.problem && t("notices.kept")}
      </p>
    </section>
  );
}
