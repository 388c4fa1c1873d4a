import { useNames } from "../api/organisations";
import styles from "../decision/decision.module.css";

/** An organisation, and under it who was there for it. */
export function Who({ organisation, person }: { organisation: string; person?: string }) {
  const { name } = useNames();
  return (
    <>
      <bdi>{name(organisation)}</bdi>
      {person && (
        <p className={styles.quiet}>
          <bdi>{person}</bdi>
        </p>
      )}
    </>
  );
}
