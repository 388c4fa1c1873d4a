import { type ReactNode, useId } from "react";
import "../../chart/chart.css";
import { useWords } from "../../words/i18n";
import styles from "./Chart.module.css";

/** A picture of figures, and the same figures as a table. svg is the text that a function of src/chart gave. */
export function Chart({ title, svg, note, children }: { title: string; svg: string; note?: ReactNode; children: ReactNode }) {
  const { t } = useWords();
  const id = useId();
  return (
    <figure className={styles.chart} aria-labelledby={id}>
      <figcaption id={id} className={styles.title}>
        {title}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a picture wider than its page is scrolled by keys too */}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: src/chart escapes every text it is given */}
      <div className={styles.picture} tabIndex={0} dangerouslySetInnerHTML={{ __html: svg }} />
      {note && <p className={styles.note}>{note}</p>}
      <details>
        <summary className={styles.more}>{t("chart.table")}</summary>
        {children}
      </details>
    </figure>
  );
}
