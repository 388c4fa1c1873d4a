import { type ReactNode, type RefObject, useLayoutEffect, useRef } from "react";
import type { Problem } from "../api/problem";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useWords } from "../words/i18n";
import styles from "./decision.module.css";

/** A short form and its one act: what it was refused for, its fields, and what sends it. It is sent by hand or not at all. */
export function ActForm({
  head,
  act,
  names,
  button,
  tone = "main",
  plain = false,
  label,
  send,
  leave,
  children,
}: {
  /** What stands before the refusals: a heading, what the act does. */
  head?: ReactNode;
  act: { problem: Problem | null; busy: boolean };
  /** What the fields are called, for the refusals. */
  names: Record<string, string>;
  button: string;
  tone?: "main" | "danger" | "plain";
  /** Within another panel: no frame of its own. */
  plain?: boolean;
  /** Which of several such forms this is, for who does not see where it stands. */
  label?: string;
  send: () => void;
  /** Closes the form where it was opened; what was typed stays. */
  leave?: () => void;
  children: ReactNode;
}) {
  const { t } = useWords();
  const form = useRef<HTMLFormElement>(null);
  useFocusAfter(form);
  return (
    <form
      ref={form}
      aria-label={label}
      className={plain ? styles.stack : styles.form}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {head}
      <ErrorSummary problem={act.problem} names={names} />
      {children}
      <div className={styles.acts}>
        <Button type="submit" tone={tone} busy={act.busy}>
          {button}
        </Button>
        {leave && <Button onClick={leave}>{t("dialog.cancel")}</Button>}
      </div>
    </form>
  );
}

/** Where a form goes away with the focus in it, the heading of what it stood in takes the focus. */
function useFocusAfter(form: RefObject<HTMLFormElement | null>) {
  useLayoutEffect(() => {
    const at = form.current;
    if (!at) return;
    const around: Element[] = [];
    for (let up = at.parentElement; up; up = up.parentElement) if (up.matches("section, main")) around.push(up);
    return () => {
      if (!at.contains(document.activeElement)) return;
      queueMicrotask(() => {
        const left = document.activeElement === null || document.activeElement === document.body;
        const heading = left && around.find((x) => x.isConnected)?.querySelector<HTMLElement>("h1, h2");
        if (!heading) return;
        heading.tabIndex = -1;
        heading.focus();
      });
    };
  }, [form]);
}
