import { lazy, Suspense, useState } from "react";
import type { TaskForm } from "../proposal/forms";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import styles from "./Budget.module.css";
import { BudgetGrid } from "./BudgetGrid";

const Money = lazy(async () => ({ default: (await import("../proposal/Money")).Money }));

/** What is asked: of a concept note each organisation's share alone, or a budget at once; of a document its budget. */
export function BudgetTask(form: TaskForm) {
  const { t } = useWords();
  const [wanted, setWanted] = useState(false);
  if (form.p.phase === "document" || form.value.budget.length > 0 || wanted) return <BudgetGrid {...form} />;
  return (
    <Suspense fallback={<Waiting />}>
      <Money {...form} />
      <div className={styles.bar}>
        <Button onClick={() => setWanted(true)}>{t("budget.begin")}</Button>
        <span className={styles.quiet}>{t("budget.begin-hint")}</span>
      </div>
    </Suspense>
  );
}
