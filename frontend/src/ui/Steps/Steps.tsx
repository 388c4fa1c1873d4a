import { Link } from "wouter";
import { useWords } from "../../words/i18n";
import type { TaskState } from "../TaskList/TaskList";
import styles from "./Steps.module.css";

export type Step = { name: string; href: string; state: TaskState };

/** The steps of one thing beside the page of one of them. */
export function Steps({ steps, here, label }: { steps: Step[]; here: string; label: string }) {
  const { t } = useWords();
  return (
    <nav aria-label={label}>
      <ol className={styles.steps}>
        {steps.map((step, i) => {
          const inside = (
            <>
              <span aria-hidden="true" className={`${styles.mark} ${step.state === "done" ? styles.done : ""}`}>
                {step.state === "done" ? "✓" : i + 1}
              </span>
              <span>
                {step.name}
                <span className="unseen"> {t(`state.${step.state}`)}</span>
              </span>
            </>
          );
          const current = step.href === here;
          return (
            <li key={step.href} className={current ? styles.here : undefined}>
              {step.state === "cannot-start" ? (
                <span className={`${styles.step} ${styles.shut}`}>{inside}</span>
              ) : (
                <Link href={step.href} className={styles.step} aria-current={current ? "step" : undefined}>
                  {inside}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
