import { useState } from "react";
import { faultsByField, type Problem } from "../api/problem";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Language } from "./data";
import { Tongue } from "./Tongue";

export type Said = { language: Language; text: string };

/** A text in a language, and what sends it. */
export function Words({
  label,
  button,
  problem,
  field = "text",
  busy,
  send,
  done,
}: {
  label: string;
  button: string;
  problem: Problem | null;
  field?: string;
  busy: boolean;
  send: (said: Said) => Promise<void>;
  done: () => void;
}) {
  const { t, language } = useWords();
  const [said, setSaid] = useState<Said>({ language: language as Language, text: "" });
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void send(said);
      }}
    >
      <ErrorSummary problem={problem} names={{ [field]: label, language: t("review.language") }} />
      {field === "text" && <Tongue id="language" value={said.language} onChange={(language) => setSaid({ ...said, language })} />}
      <TextField
        id={field}
        label={label}
        rows={3}
        error={faultsByField(problem)[field]}
        value={said.text}
        onChange={(e) => setSaid({ ...said, text: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={busy}>
          {button}
        </Button>
        <Button onClick={done}>{t("dialog.cancel")}</Button>
      </div>
    </form>
  );
}
