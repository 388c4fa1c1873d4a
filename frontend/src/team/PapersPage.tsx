import { useState } from "react";
import { Link } from "wouter";
import { useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import type { Paper } from "./data";
import { PaperItem } from "./PaperItem";
import { ReasonDialog } from "./ReasonDialog";
import styles from "./Team.module.css";

/** Signed papers that wait for a second pair of eyes: the scan against the content that it names. */
export default function PapersPage() {
  const { t } = useWords();
  const list = useRead<Paper[]>("/papers");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  return (
    <>
      <PageHead title={t("papers.title")} lead={t("papers.lead")} crumbs={<Link href="/screening">{t("nav.screening")}</Link>} />
      {list.data.length === 0 ? (
        <p className={styles.panel}>{t("papers.none")}</p>
      ) : (
        <ul className={styles.list}>
          {list.data.map((x) => (
            <PaperItem key={x.id} x={x}>
              <Check x={x} />
            </PaperItem>
          ))}
        </ul>
      )}
    </>
  );
}

function Check({ x }: { x: Paper }) {
  const { t } = useWords();
  const [asked, setAsked] = useState<boolean>();
  return (
    <div className={styles.stack}>
      <p>
        <bdi>{x.ref}</bdi>{" "}
        <bdi dir="auto" lang="">
          {x.proposal_title}
        </bdi>
      </p>
      <p>
        {t("papers.compare")} <span className={styles.hash}>{x.content_hash}</span>
      </p>
      {x.may.includes("paper.check") ? (
        <div className={styles.acts}>
          {x.scan?.arrived && (
            <Button tone="main" onClick={() => setAsked(true)}>
              {t("papers.accept")}
              <span className="unseen"> {x.reference}</span>
            </Button>
          )}
          <Button onClick={() => setAsked(false)}>
            {t("papers.refuse")}
            <span className="unseen"> {x.reference}</span>
          </Button>
        </div>
      ) : (
        <p className={styles.quiet}>{t("papers.own")}</p>
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={t(asked ? "papers.accept" : "papers.refuse")}
          lead={t(asked ? "papers.accept-lead" : "papers.refuse-lead")}
          act={t(asked ? "papers.accept" : "papers.refuse")}
          done={t(asked ? "papers.accepted" : "papers.refused")}
          path={`/papers/${x.id}/check`}
          body={{ accepted: asked }}
          {...(asked ? {} : { reason: { label: t("team.reason"), hint: t("papers.reason-hint") } })}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
