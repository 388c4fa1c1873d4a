import { useNames } from "../api/organisations";
import styles from "../decision/decision.module.css";
import { Day } from "../time/DateTime";
import { useWords } from "../words/i18n";
import type { Review } from "./data";

/** Who joined and who left the Executive Committee in the year, and who is of it at its end. */
export function Committee({ of: r, file }: { of: Review; file: (format: string) => string }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <section className={styles.stack} aria-labelledby="committee">
      <h2 id="committee">{t("yearly.committee")}</h2>
      <p className={styles.quiet}>{t("yearly.committee-whose", { name: r.committee.name })}</p>
      {(["joined", "left", "members"] as const).map((part) => (
        <section key={part} className={styles.tight} aria-labelledby={`committee-${part}`}>
          <h3 id={`committee-${part}`}>{t(`yearly.committee-${part}`)}</h3>
          {r.committee[part].length === 0 ? (
            <p className={styles.quiet}>{t("yearly.nobody")}</p>
          ) : (
            <ul className={styles.rows}>
              {r.committee[part].map((m) => (
                <li key={m.organisation + m.on}>
                  <bdi>{name(m.organisation)}</bdi>, <Day value={m.on} /> <bdi className={styles.quiet}>{m.note}</bdi>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      <p className={styles.acts}>
        {["html", "pdf", "docx"].map((format) => (
          <a key={format} href={file(format)}>
            {t(`yearly.letter-${format}`)}
          </a>
        ))}
      </p>
    </section>
  );
}
