import { Link } from "wouter";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";
import { Counsel } from "./Counsel";
import { useAdviceAsked } from "./data";

/** What an expert is asked, and was: what waits first. */
export default function AdviceListPage() {
  const { t } = useWords();
  const list = useAdviceAsked();
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  return (
    <>
      <PageHead title={t("advice.title")} lead={t("advice.page-lead")} />
      {list.data.length === 0 && <p className={styles.card}>{t("advice.empty")}</p>}
      <div className={styles.stack}>
        {list.data.map((r) => (
          <article key={r.id} className={`${styles.card} ${r.state === "waiting" ? styles.now : ""}`}>
            <h2>
              <Link href={`/advice/${r.id}`}>{t("advice.about", { ref: r.ref })}</Link> <Counsel request={r} />
            </h2>
            <p lang={r.title_language} dir="auto">
              {r.title}
            </p>
            <p className={styles.quiet}>
              {t("advice.until")} <DateTime value={new Date(Date.parse(r.due) - 60_000).toISOString()} zone={fund.zone} />
            </p>
          </article>
        ))}
      </div>
    </>
  );
}
