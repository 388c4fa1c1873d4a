import styles from "./Rules.module.css";

/** What a rule is called in the reader's language, and its path in the document for programs and lawyers. */
export function Called({ name, path }: { name: string; path: string }) {
  return (
    <span>
      <bdi>{name}</bdi>{" "}
      <small className={styles.path}>
        <bdi lang="en" dir="ltr">
          {path}
        </bdi>
      </small>
    </span>
  );
}
