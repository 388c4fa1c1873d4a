import styles from "./Tag.module.css";

export type Tone = "plain" | "good" | "warn" | "bad" | "link";

/**
 * A state in a word, never by colour alone. A letter pairs rows of two lists ("A" here is "A" there);
 * suggested draws it dashed.
 */
export function Tag({
  children,
  tone = "plain",
  letter,
  suggested,
}: {
  children: string;
  tone?: Tone;
  letter?: string;
  suggested?: boolean;
}) {
  if (letter)
    return (
      <span className={styles.pair}>
        <b className={`${styles.letter} ${styles[tone]} ${suggested ? styles.suggested : ""}`}>{letter}</b>
        <span className={suggested ? styles.linkText : styles.quiet}>{children}</span>
      </span>
    );
  return <span className={`${styles.tag} ${styles[tone]}`}>{children}</span>;
}
