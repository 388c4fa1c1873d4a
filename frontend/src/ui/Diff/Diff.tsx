import { useMemo } from "react";
import { useWords } from "../../words/i18n";
import styles from "./Diff.module.css";
import { diff } from "./diff";

/** What changed from one text to another, word by word: struck out and underlined, not by colour alone. */
export function Diff({ from, to, lang }: { from: string; to: string; lang?: string }) {
  const { t, language } = useWords();
  const pieces = useMemo(() => diff(from, to, lang ?? language), [from, to, lang, language]);
  return (
    <p className={styles.diff} dir="auto" lang={lang}>
      {pieces.map((p, i) =>
        p.kind === "same" ? (
          <span key={i}>{p.text}</span>
        ) : p.kind === "gone" ? (
          <del key={i} className={styles.gone}>
            <span className="unseen">{t("diff.gone")} </span>
            {p.text}
          </del>
        ) : (
          <ins key={i} className={styles.new}>
            <span className="unseen">{t("diff.new")} </span>
            {p.text}
          </ins>
        ),
      )}
    </p>
  );
}
