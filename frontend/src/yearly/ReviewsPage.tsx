import { Link } from "wouter";
import { useRead } from "../api/read";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { tones, type Year } from "./data";

/** The years of the body, the last first, with how far the review of each is. */
export default function ReviewsPage() {
  const { t } = useWords();
  const years = useRead<Year[]>("/body/reviews");
  if (years.error) return <Trouble error={years.error} again={() => void years.refetch()} />;
  if (!years.data) return <Waiting />;
  return (
    <>
      <PageHead title={t("yearly.reviews")} lead={t("yearly.lead")} crumbs={<Link href="/decisions">{t("yearly.decisions")}</Link>} />
      {years.data.length === 0 ? (
        <p className={styles.card}>{t("yearly.reviews-none")}</p>
      ) : (
        <ul className={styles.rows}>
          {years.data.map((y) => (
            <li key={y.year} className={styles.row}>
              <Link href={`/reviews/${y.year}`}>{t("yearly.title", { year: String(y.year) })}</Link>
              <Tag tone={tones[y.state]}>{t(`yearly.state.${y.state}`)}</Tag>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
