import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../words/i18n";
import { Tag, type Tone } from "../Tag/Tag";
import styles from "./TaskList.module.css";

export type TaskState = "not-started" | "in-progress" | "done" | "cannot-start";

export type Task = {
  name: string;
  /** What it is about, or why it cannot start yet. */
  note?: ReactNode;
  href: string;
  state: TaskState;
};

const tones: Record<TaskState, Tone> = { "not-started": "link", "in-progress": "warn", done: "good", "cannot-start": "plain" };

/** The tasks that make up one thing, each a page of its own, in the order in which they read best. */
export function TaskList({ tasks, label }: { tasks: Task[]; label: string }) {
  const { t } = useWords();
  return (
    <ul className={styles.list} aria-label={label}>
      {tasks.map((task, i) => (
        <li key={task.href} className={styles.task}>
          <div>
            {task.state === "cannot-start" ? (
              <span className={styles.shut}>{task.name}</span>
            ) : (
              <Link href={task.href} className={styles.link} aria-describedby={`task-${i}-state`}>
                {task.name}
              </Link>
            )}
            {task.note && <p className={styles.note}>{task.note}</p>}
          </div>
          <span id={`task-${i}-state`}>
            <Tag tone={tones[task.state]}>{t(`state.${task.state}`)}</Tag>
          </span>
        </li>
      ))}
    </ul>
  );
}
