import { useEffect, useRef } from "react";
import { faultsOf, fieldId, type Problem, sentence } from "../../api/problem";
import { useWords } from "../../words/i18n";
import styles from "./ErrorSummary.module.css";

export type ErrorSummaryProps = {
  problem: Problem | null | undefined;
  /** Goes before a sentence where the field's name is not in it: "Travel, ILO". By field id. */
  names?: Record<string, string>;
};

/**
 * What a refusal says, above the form: its sentences lead to their fields. Focus moves here when it appears,
 * and the page's title begins with the error.
 */
export function ErrorSummary({ problem, names = {} }: ErrorSummaryProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!problem) return;
    box.current?.focus();
    const prefix = t("error.title-prefix");
    if (!document.title.startsWith(prefix)) document.title = prefix + document.title;
    return () => {
      if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
    };
  }, [problem, t]);
  if (!problem) return null;
  return (
    <div ref={box} className={styles.summary} tabIndex={-1} role="alert" aria-labelledby="error-summary-title">
      <h2 id="error-summary-title">{t("error.title")}</h2>
      <ul className={styles.list}>
        {faultsOf(problem).map((fault, i) => {
          const id = fault.field === undefined ? undefined : fieldId(fault.field);
          const text = id && names[id] ? t("error.named", { field: names[id], sentence: sentence(fault) }) : sentence(fault);
          return (
            <li key={`${fault.code}${fault.field}${i}`}>
              {id === undefined ? (
                text
              ) : (
                <a
                  href={`#${id}`}
                  onClick={(e) => {
                    e.preventDefault();
                    findField(id)?.focus();
                  }}
                >
                  {text}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** The field of that id, or the nearest one above it: a refusal may point deeper than the page has fields. */
export function findField(id: string): HTMLElement | null {
  for (let at = id; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("-")))) {
    const field = document.getElementById(at);
    if (field) {
      if (field.tabIndex < 0 && !field.hasAttribute("tabindex")) field.tabIndex = -1;
      return field;
    }
  }
  return null;
}
