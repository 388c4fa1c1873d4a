import { useWords } from "../words/i18n";
import styles from "./Draft.module.css";
import type { Saving } from "./useDraft";

const clock = (at: Date) => `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;

/** The line under a form: which of the two happened, and when. Read aloud when it is said, not per keystroke. */
export function SavingLine({ saving }: { saving: Saving }) {
  const { t } = useWords();
  const text =
    saving.state === "unchanged" || saving.state === "typing"
      ? t(`draft.${saving.state}`)
      : saving.state === "unsafe"
        ? t("draft.unsafe")
        : t(`draft.${saving.state}`, { time: clock(saving.at) });
  const worried = saving.state === "kept" || saving.state === "refused" || saving.state === "unsafe";
  return (
    <p role="status" aria-live={saving.state === "typing" ? "off" : "polite"} className={`${styles.line} ${worried ? styles.worried : ""}`}>
      <span aria-hidden="true">{saving.state === "sent" ? "✓ " : worried ? "! " : ""}</span>
      {text}
    </p>
  );
}
