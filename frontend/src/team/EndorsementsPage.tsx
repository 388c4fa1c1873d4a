import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { useOrganisations } from "../api/organisations";
import { contentOf, type Proposal, useForm, useProposal, useRules } from "../proposal/proposal";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Endorsements, useEndorsed, useEndorsements } from "./data";
import { EndorseDialog } from "./EndorseDialog";
import { PaperItem } from "./PaperItem";
import styles from "./Team.module.css";

// What one came for is who has said what; the text and the form for a paper come when they are asked for.
const Reading = lazy(async () => ({ default: (await import("../proposal/Reading")).Reading }));
const PaperForm = lazy(async () => ({ default: (await import("./PaperForm")).PaperForm }));

/** Where each owner state, each participating organisation and the sign-off stand, and of which content. */
export default function EndorsementsPage() {
  const { id } = useParams<{ id: string }>();
  const { t } = useWords();
  const proposal = useProposal(id);
  const said = useEndorsements(id);
  const [asked, setAsked] = useState<"endorse" | "confirm" | "paper">();
  const failed = proposal.error ?? said.error;
  if (failed) return <Trouble error={failed} again={() => void said.refetch()} />;
  if (!proposal.data || !said.data) return <Waiting />;
  const p = proposal.data;
  const e = said.data;
  const given = e.states.filter((s) => s.endorsed).length;
  return (
    <>
      <PageHead
        title={t("endorsements.title")}
        lead={t("endorsements.lead")}
        crumbs={
          <Link href={`/proposals/${id}`}>
            <bdi dir="auto">{p.title || p.ref}</bdi>
          </Link>
        }
      />
      <div className={styles.stack}>
        <section className={styles.stack} aria-labelledby="states">
          <h2 id="states">{t("endorsements.states")}</h2>
          {e.states.length === 0 ? (
            <p className={styles.panel}>{t("endorsements.no-state")}</p>
          ) : (
            <>
              {e.asked > 0 && <p>{t("endorsements.count", { given, asked: e.asked })}</p>}
              <ul className={styles.list}>
                {e.states.map((s) => (
                  <State key={s.state?.id ?? ""} p={p} s={s} />
                ))}
              </ul>
            </>
          )}
          {e.may.includes("proposal.endorse") && e.endorses_for && (
            <div className={styles.acts}>
              <Button tone="main" onClick={() => setAsked("endorse")}>
                {t("endorsements.endorse", { state: e.endorses_for.name })}
              </Button>
            </div>
          )}
        </section>
        {(e.parts.asked || e.parts.parts.length > 0) && (
          <section className={styles.stack} aria-labelledby="parts">
            <h2 id="parts">{t("endorsements.parts")}</h2>
            <p>{t(e.parts.asked ? "endorsements.parts-asked" : "endorsements.parts-free")}</p>
            <ul className={styles.list}>
              {e.parts.parts.map((x) => (
                <Part key={x.organisation?.id ?? ""} x={x} />
              ))}
            </ul>
            {e.may.includes("proposal.confirm") && (
              <div className={styles.acts}>
                <Button tone="main" onClick={() => setAsked("confirm")}>
                  {t("endorsements.confirm")}
                </Button>
              </div>
            )}
          </section>
        )}
        {(e.sign_off.asked || e.sign_off.signed) && (
          <section className={styles.panel} aria-labelledby="sign-off">
            <h2 id="sign-off">{t("endorsements.sign-off")}</h2>
            <p>
              <Tag tone={e.sign_off.signed ? "good" : "warn"}>{t(e.sign_off.signed ? "endorsements.signed" : "endorsements.unsigned")}</Tag>
            </p>
            {!e.sign_off.signed && <p>{t("endorsements.sign-off-how")}</p>}
          </section>
        )}
        <section className={styles.stack} aria-labelledby="papers">
          <h2 id="papers">{t("paper.title")}</h2>
          <p>{t("paper.lead")}</p>
          <p>
            {t("paper.hash")} <span className={styles.hash}>{e.hash}</span>
          </p>
          {e.papers.length > 0 && (
            <ul className={styles.list}>
              {e.papers.map((x) => (
                <PaperItem key={x.id} x={x} current={x.content_hash === e.hash} mine={e.may.includes("paper.upload")} />
              ))}
            </ul>
          )}
          {e.may.includes("paper.upload") && asked !== "paper" && (
            <div className={styles.acts}>
              <Button onClick={() => setAsked("paper")}>{t("paper.bring")}</Button>
            </div>
          )}
          {asked === "paper" && (
            <Suspense fallback={<Waiting />}>
              <PaperForm p={p} hash={e.hash} onDone={() => setAsked(undefined)} />
            </Suspense>
          )}
        </section>
      </div>
      {(asked === "endorse" || asked === "confirm") && (
        <EndorseDialog p={p} act={asked} state={e.endorses_for?.name ?? ""} onClose={() => setAsked(undefined)} />
      )}
    </>
  );
}

function State({ p, s }: { p: Proposal; s: Endorsements["states"][number] }) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const e = s.endorsement;
  return (
    <li className={styles.item}>
      <div className={styles.who}>
        <b>
          <bdi lang="">{s.state?.name}</bdi>
        </b>
        {e && (
          <p className={styles.quiet}>
            {t(e.on_paper ? "endorsements.on-paper" : "endorsements.here")} · <DateTime value={e.at} zone={fund.zone} />
            {e.note && (
              <>
                {" "}
                ·{" "}
                <span dir="auto" lang="">
                  {e.note}
                </span>
              </>
            )}
          </p>
        )}
      </div>
      <Tag tone={s.endorsed ? "good" : e ? "warn" : "plain"}>
        {t(s.endorsed ? "endorsements.endorsed" : e ? "endorsements.earlier" : "endorsements.not-yet")}
      </Tag>
      {e?.kept && !s.endorsed && (
        <Button tone="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t("endorsements.changes")}
          <span className="unseen"> {s.state?.name}</span>
        </Button>
      )}
      {e && open && (
        <div className={styles.whole}>
          <Changes p={p} endorsement={e.id} />
        </div>
      )}
    </li>
  );
}

/** What was endorsed, struck out and underlined where it says something else now. */
function Changes({ p, endorsement }: { p: Proposal; endorsement: string }) {
  const before = useEndorsed(p.id, endorsement);
  const rules = useRules(p.charter_version);
  const orgs = useOrganisations();
  const form = useForm(p.phase, p.form);
  if (before.error) return <Trouble error={before.error} again={() => void before.refetch()} />;
  if (!before.data || !orgs.data) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      <Reading content={contentOf(p)} before={before.data} form={form.data} rules={rules.data} organisations={orgs.data} />
    </Suspense>
  );
}

function Part({ x }: { x: Endorsements["parts"]["parts"][number] }) {
  const { t } = useWords();
  return (
    <li className={styles.item}>
      <div className={styles.who}>
        <b>
          <bdi lang="">{x.organisation?.name}</bdi>
        </b>
        {x.at && (
          <p className={styles.quiet}>
            <DateTime value={x.at} zone={fund.zone} />{" "}
            <span dir="auto" lang="">
              {x.note}
            </span>
          </p>
        )}
      </div>
      <Tag tone={x.confirmed ? "good" : x.at ? "warn" : "plain"}>
        {t(x.confirmed ? "endorsements.confirmed" : x.at ? "endorsements.other-amount" : "endorsements.unconfirmed")}
      </Tag>
    </li>
  );
}
