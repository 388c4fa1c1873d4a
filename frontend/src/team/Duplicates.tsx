import { useDeferredValue } from "react";
import { Link } from "wouter";
import office from "../money-office/Office.module.css";
import { type Schemas, useRead } from "../money-office/office";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Team.module.css";

type Duplicate = Schemas["Duplicate"];

/** Pairs of organisations that may be one, for a person to judge. */
export function Duplicates() {
  const { t } = useWords();
  const { data } = useRead<Duplicate[]>("/duplicates");
  if (!data || data.length === 0) return null;
  return (
    <section className={styles.stack} aria-labelledby="duplicates">
      <h2 id="duplicates">{t("duplicate.title")}</h2>
      <p>{t("duplicate.lead")}</p>
      <ul className={styles.list}>
        {data.map((d) => (
          <li key={`${d.one?.id} ${d.other.id}`} className={styles.item}>
            <span className={styles.who}>
              <bdi lang="">{d.one?.name}</bdi> ({d.one?.code}) · <bdi lang="">{d.other.name}</bdi> ({d.other.code})
            </span>
            <Tag tone="warn">{t(`duplicate.${d.ground}`)}</Tag>
            <Link href={`/organisations/${d.other.id}?into=${d.one?.id}`}>
              {t("duplicate.judge")}
              <span className="unseen"> {d.other.code}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Said while somebody adds an organisation: it may be known already. */
export function LikelyKnown({ name, code }: { name: string; code: string }) {
  const { t } = useWords();
  const looked = useDeferredValue(name.trim());
  const { data } = useRead<Duplicate[]>("/duplicates", { name: looked, ...(code ? { code } : {}) }, looked.length > 3);
  if (!data || data.length === 0 || looked.length <= 3) return null;
  return (
    <div role="status" className={office.missing}>
      <p>{t("duplicate.known")}</p>
      <ul>
        {data.slice(0, 5).map((d) => (
          <li key={d.other.id}>
            <Link href={`/organisations/${d.other.id}`}>
              <bdi lang="">{d.other.name}</bdi> ({d.other.code})
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
