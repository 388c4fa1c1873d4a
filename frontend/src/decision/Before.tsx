import { Link } from "wouter";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { Moment } from "../time/DateTime";
import { useWords } from "../words/i18n";
import styles from "./decision.module.css";

type Precedent = components["schemas"]["Precedent"];

/** What the body decided of items most like this one, each with what they share; nothing, where it decided none. */
export default function Before({ of, within }: { of: string; within?: boolean }) {
  const { t } = useWords();
  const list = useRead<Precedent[]>(`/questions/${of}/precedents`).data?.filter((d) => d.like.length > 0) ?? [];
  if (list.length === 0) return null;
  return (
    <section className={styles.tight}>
      {within ? <p>{t("before.title")}</p> : <h2>{t("before.title")}</h2>}
      <p className={styles.quiet}>{t("before.lead")}</p>
      <ul className={styles.stack}>
        {list.map((d) => (
          <li key={d.number}>
            <bdi dir="ltr">{d.number}</bdi>{" "}
            <Link href={`/decisions/${d.number}`} lang={d.language} dir="auto">
              {d.title}
            </Link>
            <p className={styles.quiet}>
              <Moment value={d.adopted_at} />
              {d.like.map((l) => ` · ${t(`before.like.${l}`)}`)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
