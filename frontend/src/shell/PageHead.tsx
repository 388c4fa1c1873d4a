import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { useWords } from "../words/i18n";
import { fundName } from "./fund";
import styles from "./PageHead.module.css";

let shown: string | undefined;

/** The page's name: its h1, which takes the focus when one comes from another page, and the browser's title. */
export function PageHead({ title, lead, crumbs, actions }: { title: string; lead?: ReactNode; crumbs?: ReactNode; actions?: ReactNode }) {
  const { language } = useWords();
  const [place] = useLocation();
  const h1 = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · ${fundName(language)}`;
  }, [title, language]);
  useEffect(() => {
    if (shown !== undefined && shown !== place) {
      h1.current?.focus();
      scrollTo(0, 0);
    }
    shown = place;
  }, [place]);
  return (
    <div className={styles.head}>
      <div>
        {crumbs && <p className={styles.crumbs}>{crumbs}</p>}
        <h1 ref={h1} tabIndex={-1}>
          {title}
        </h1>
        {lead && <p className={styles.lead}>{lead}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
