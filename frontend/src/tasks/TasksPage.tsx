import { Link } from "wouter";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { type Session, useSession } from "../shell/session";
import { Trouble, Waiting as Wait } from "../shell/Trouble";
import { useHatName, useWear } from "../shell/wear";
import { DateTime, Left } from "../time/DateTime";
import { left } from "../time/dates";
import { Tag } from "../ui/Tag/Tag";
import { unbroken } from "../ui/unbroken";
import { useWords } from "../words/i18n";
import styles from "./TasksPage.module.css";
import { useTasks, useUnread, type Waiting } from "./tasks";

/** The home page: what waits on me under this hat, the nearest end first. */
export default function TasksPage() {
  const { t } = useWords();
  const { data: session } = useSession();
  const tasks = useTasks();
  const unread = useUnread().data ?? 0;
  if (tasks.error) return <Trouble error={tasks.error} again={() => void tasks.refetch()} />;
  const list = tasks.data ?? [];
  return (
    <>
      <PageHead
        title={t("tasks.title")}
        lead={session?.hat ? t("tasks.lead", { count: list.length, role: t(`role.${session.hat.role}`) }) : t("tasks.no-hat")}
      />
      {unread > 0 && (
        <p className={styles.unread}>
          <Link href="/notices">{t("tasks.unread", { count: unread })}</Link>
        </p>
      )}
      {tasks.isPending ? (
        <Wait />
      ) : list.length > 0 ? (
        <List list={list} />
      ) : session && !session.hat && session.hats.length > 0 ? (
        <Choosing session={session} />
      ) : (
        <Empty />
      )}
    </>
  );
}

function List({ list }: { list: Waiting[] }) {
  const { t } = useWords();
  return (
    <ul className={styles.list}>
      {list.map((task) => (
        <li key={`${task.kind} ${task.id}`} className={styles.task}>
          <div className={styles.what}>
            <Link href={task.path} className={styles.link}>
              {unbroken(task.what ?? t(`waiting.${task.kind}`, { ref: task.ref }))}
            </Link>
            {task.title && (
              <p className={styles.title}>
                <bdi lang={task.lang}>{task.title}</bdi>
              </p>
            )}
          </div>
          {task.due && <Due at={task.due} />}
        </li>
      ))}
    </ul>
  );
}

/** Who has several roles begins by choosing one: nothing is up to date before. */
function Choosing({ session }: { session: Session }) {
  const wear = useWear();
  const hatName = useHatName();
  return (
    <ul className={styles.list}>
      {session.hats.map((h) => (
        <li key={h.membership} className={styles.task}>
          <button type="button" className={styles.hat} onClick={() => void wear(h.membership)}>
            {hatName(h)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Due({ at }: { at: string }) {
  const { t } = useWords();
  const rest = left(new Date(at), new Date());
  return (
    <div className={styles.due}>
      {rest === null ? <Tag tone="bad">{t("tasks.late")}</Tag> : rest.days < 2 ? <Tag tone="warn">{t("tasks.soon")}</Tag> : null}
      <p>
        <DateTime value={at} zone={fund.zone} />
        <br />
        <span className={styles.title}>
          <Left until={at} />
        </span>
      </p>
    </div>
  );
}

function Empty() {
  const { t, language } = useWords();
  return (
    <div className={styles.empty}>
      <h2>{t("tasks.empty")}</h2>
      <p>{t("tasks.empty-lead")}</p>
      <ul>
        <li>
          <a href={`/${language}/calls`}>{t("tasks.calls")}</a>
        </li>
        <li>
          <a href={`/${language}/statement`}>{t("tasks.statement")}</a>
        </li>
      </ul>
    </div>
  );
}
