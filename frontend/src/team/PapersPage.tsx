import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { Link } from "wouter";
import { useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import { type Note, type Paper, useNotes } from "./data";
import { NoteItem } from "./NoteItem";
import { PaperItem } from "./PaperItem";
import styles from "./Team.module.css";

const ReasonDialog = lazy(async () => ({ default: (await import("./ReasonDialog")).ReasonDialog }));

/** What was signed elsewhere and waits for a second pair of eyes: each scan against what was recorded of it. */
export default function PapersPage() {
  const { t } = useWords();
  const papers = useRead<Paper[]>("/papers");
  const notes = useNotes();
  const [invited, setInvited] = useState<Invited>();
  const there = Boolean(papers.data && notes.data);
  useEffect(() => {
    // A task leads to its own paper.
    if (there && location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [there]);
  const failed = papers.error ?? notes.error;
  if (failed) return <Trouble error={failed} again={() => void papers.refetch()} />;
  if (!papers.data || !notes.data) return <Waiting />;
  const waiting = notes.data.filter((x) => !x.check);
  return (
    <>
      <PageHead title={t("papers.title")} lead={t("papers.lead")} crumbs={<Link href="/screening">{t("nav.screening")}</Link>} />
      {invited && <InvitationLink of={invited} />}
      {papers.data.length + waiting.length === 0 && <p className={styles.panel}>{t("papers.none")}</p>}
      <div className={styles.stack}>
        {papers.data.length > 0 && (
          <section className={styles.stack} aria-labelledby="papers">
            <h2 id="papers">{t("papers.of-proposals")}</h2>
            <ul className={styles.list}>
              {papers.data.map((x) => (
                <PaperItem key={x.id} x={x}>
                  <Check x={x} path={`/papers/${x.id}/check`} may={x.may.includes("paper.check")} lead={t("papers.accept-lead")}>
                    <p>
                      <bdi>{x.ref}</bdi>{" "}
                      <bdi dir="auto" lang="">
                        {x.proposal_title}
                      </bdi>
                    </p>
                    <p>
                      {t("papers.compare")} <span className={styles.hash}>{x.content_hash}</span>
                    </p>
                  </Check>
                </PaperItem>
              ))}
            </ul>
          </section>
        )}
        {waiting.length > 0 && (
          <section className={styles.stack} aria-labelledby="notes">
            <h2 id="notes">{t("papers.notes")}</h2>
            <p>{t("papers.compare-note")}</p>
            <ul className={styles.list}>
              {waiting.map((x) => (
                <NoteItem key={x.id} x={x}>
                  <Check
                    x={x}
                    path={`/accreditation-notes/${x.id}/check`}
                    may={x.may.includes("accreditation.check")}
                    lead={t("papers.accept-note-lead", { name: x.name })}
                    then={(done) => setInvited(done as Invited)}
                  />
                </NoteItem>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}

type Invited = Note & { token?: string };

/** Where no mail server brings it: the link with which a new focal point chooses a password, shown once. */
function InvitationLink({ of }: { of: Invited }) {
  const { t, language } = useWords();
  if (!of.token) return null;
  return (
    <div role="status" className={styles.panel}>
      <p>{t("team.invited-link", { name: of.name })}</p>
      <p>
        <code dir="ltr" className={styles.hash}>
          {`${location.origin}/${language}/password?token=${of.token}`}
        </code>
      </p>
    </div>
  );
}

type CheckProps = {
  x: Pick<Paper, "reference" | "scan">;
  path: string;
  may: boolean;
  /** What one says by accepting. */
  lead: string;
  then?: (done: unknown) => void;
  children?: ReactNode;
};

function Check({ x, path, may, lead, then, children }: CheckProps) {
  const { t } = useWords();
  const [asked, setAsked] = useState<boolean>();
  return (
    <div className={styles.stack}>
      {children}
      {may ? (
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
        <Suspense>
          <ReasonDialog
            title={t(asked ? "papers.accept" : "papers.refuse")}
            lead={asked ? lead : t("papers.refuse-lead")}
            act={t(asked ? "papers.accept" : "papers.refuse")}
            done={t(asked ? "papers.accepted" : "papers.refused")}
            path={path}
            body={{ accepted: asked }}
            {...(asked ? {} : { reason: { label: t("team.reason"), hint: t("papers.reason-hint") } })}
            onClose={() => setAsked(undefined)}
            {...(then ? { then } : {})}
          />
        </Suspense>
      )}
    </div>
  );
}
