import { Link } from "wouter";
import { useRead } from "../api/read";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { useWords } from "../words/i18n";
import { type Asked, AskList } from "./Asks";

/** What decisions ask and is not done, the overdue first. */
export default function FollowUpsPage() {
  const { t } = useWords();
  const asks = useRead<Asked[]>("/follow-ups");
  if (asks.error) return <Trouble error={asks.error} again={() => void asks.refetch()} />;
  if (!asks.data) return <Waiting />;
  return (
    <>
      <PageHead title={t("minutes.follow-ups-open")} crumbs={<Link href="/decisions">{t("minutes.decisions")}</Link>} />
      {asks.data.length === 0 ? <p className={styles.card}>{t("minutes.follow-ups-none")}</p> : <AskList list={asks.data} named />}
    </>
  );
}
