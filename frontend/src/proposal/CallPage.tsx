import { lazy, Suspense } from "react";
import { Link, useParams } from "wouter";
import { Attachments } from "../attachment/lazy";
import { CallReading } from "../call/CallReading";
import { callTones, useCallFile } from "../call/call";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { ceilingOf } from "./ceiling";
import styles from "./Proposal.module.css";
import { useRules } from "./proposal";

// What is read comes first; what is filled in follows it.
const Applying = lazy(async () => ({ default: (await import("../call/Applying")).Applying }));
const OwnEntries = lazy(async () => ({ default: (await import("../call/OwnEntries")).OwnEntries }));
const Enquiries = lazy(async () => ({ default: (await import("../call/Enquiries")).Enquiries }));

/** A call: what it invites, until when, how much, whether one can apply, the way in, and what was asked about it. */
export default function CallPage() {
  const { t, language } = useWords();
  const { id } = useParams<{ id: string }>();
  const call = useCallFile(id, language);
  const rules = useRules(call.data?.charter_version);
  if (call.error) return <Trouble error={call.error} again={() => void call.refetch()} />;
  if (!call.data) return <Waiting />;
  const c = call.data;
  const ceiling = ceilingOf(c, rules.data);
  return (
    <>
      <PageHead
        title={c.title}
        crumbs={
          <>
            <Link href="/calls">{t("calls.title")}</Link> / <bdi>{c.ref}</bdi>
          </>
        }
      />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <CallReading call={c} />
          <Suspense fallback={<Waiting />}>
            <div className={styles.sheet}>
              <Attachments kind="call" subject={c.id} heading />
            </div>
          </Suspense>
          {rules.data && (
            <section>
              <h2>{t("call.needs")}</h2>
              <ul className={styles.bullets}>
                <li>{t("call.need.note")}</li>
                {rules.data.markers_required && <li>{t("call.need.markers", { count: rules.data.markers.length })}</li>}
                {rules.data.endorsement_required && <li>{t("call.need.endorsement")}</li>}
              </ul>
            </section>
          )}
          <Suspense fallback={<Waiting />}>
            {c.may.includes("proposal.create") && <Applying call={c} />}
            <Enquiries call={c} />
          </Suspense>
        </div>
        <aside className={styles.aside} aria-label={t("call.facts")}>
          <dl className={styles.facts}>
            <div>
              <dt>{t("call.state")}</dt>
              <dd>
                <Tag tone={callTones[c.state]}>{t(`call.state.${c.state}`)}</Tag>
              </dd>
            </div>
            {ceiling && (
              <div>
                <dt>{t("call.ceiling")}</dt>
                <dd>
                  <Amount value={ceiling.amount} currency={c.ceiling?.currency ?? "USD"} strong />
                </dd>
              </div>
            )}
            {rules.data && (
              <div>
                <dt>{t("call.minimum")}</dt>
                <dd>
                  <Amount value={rules.data.minimum_amount.amount} currency={rules.data.minimum_amount.currency} />
                </dd>
              </div>
            )}
          </dl>
          <Suspense>
            <OwnEntries call={c.id} />
          </Suspense>
        </aside>
      </div>
    </>
  );
}
