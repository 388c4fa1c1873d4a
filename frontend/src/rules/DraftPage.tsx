import { lazy, Suspense } from "react";
import { Link } from "wouter";
import page from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import { Differences } from "./Differences";
import own from "./Rules.module.css";
import { type Draft, partOf, parts, toneOf, useRulesDraft } from "./rules";

const Rebasing = lazy(async () => ({ default: (await import("./Rebasing")).Rebasing }));
const Words = lazy(async () => ({ default: (await import("./Writing")).Words }));
const TakenBack = lazy(async () => ({ default: (await import("./TakenBack")).TakenBack }));
const Withdraw = lazy(async () => ({ default: (await import("./Writing")).Withdraw }));

/** A draft of a new version: what it changes, what stands in its way, and where it is. */
export default function DraftPage({ params }: { params: { id: string } }) {
  const { language } = useWords();
  const draft = useRulesDraft(params.id, language);
  const person = useSession().data?.person.id;
  if (draft.error && !draft.data) return <Trouble error={draft.error} again={() => void draft.refetch()} />;
  if (!draft.data || !person) return <Waiting />;
  return <File key={`${draft.data.id} ${draft.data.base} ${draft.data.state}`} of={draft.data} person={person} />;
}

function File({ of: d, person }: { of: Draft; person: string }) {
  const { t, language } = useWords();
  const writes = d.may.includes("charter.draft");
  return (
    <>
      <PageHead
        title={d.title}
        lead={t("rules.draft-lead", { ref: d.ref, base: d.base, by: d.by })}
        crumbs={<Link href="/charter">{t("rules.title")}</Link>}
      />
      <div className={page.stack}>
        <p>
          <Tag tone={toneOf(d.state)}>{t(`rules.state.${d.state}`)}</Tag> <DateTime value={d.updated_at} />
        </p>
        {d.decision && (
          <p>
            <Link href={`/decisions/${d.decision}`}>{t("rules.by-decision", { number: d.decision })}</Link>{" "}
            {d.became && <Link href={`/charter?version=${d.became}`}>{t("rules.version-n", { n: d.became })}</Link>}
          </p>
        )}
        {d.agenda && (
          <p>
            <Link href={`/questions/${d.agenda.question}`}>{t("rules.on-agenda", { item: d.agenda.ref })}</Link>
          </p>
        )}
        <Suspense>{d.takes_back && <TakenBack of={d.takes_back} />}</Suspense>
        <Suspense>{d.rebasing && <Rebasing of={d} to={d.rebasing} />}</Suspense>
        {d.state === "draft" && d.lacks.length > 0 && <Lacks of={d} />}
        {d.may.includes("question.list") && (
          <p className={page.calm}>
            <b>{t("rules.ready")}</b>
            <Link href="/meetings">{t("rules.ready-how")}</Link>
          </p>
        )}
        {writes ? (
          <Suspense>
            <Words of={d} person={person} />
          </Suspense>
        ) : (
          <>
            {d.note && (
              <p lang={d.language} dir="auto">
                {d.note}
              </p>
            )}
            {!d.takes_back && (
              <p>{d.effective_from ? t("rules.from", { day: formatDay(d.effective_from, language) }) : t("rules.from-decision")}</p>
            )}
          </>
        )}
        {writes && !d.takes_back && (
          <section className={page.tight}>
            <h2>{t("rules.parts")}</h2>
            <ul className={page.list}>
              {parts.map((part) => {
                const count = d.edits.filter((e) => partOf(e.path) === part).length;
                return (
                  <li key={part}>
                    <Link href={`/charter/drafts/${d.id}/${part}`} className={own.goes}>
                      {t(`rules.part.${part}`)}
                    </Link>{" "}
                    {count > 0 && <Tag tone="link">{t("rules.changed", { count })}</Tag>}
                  </li>
                );
              })}
            </ul>
          </section>
        )}
        <h2>{d.takes_back ? t("ahead.compared", { n: d.base }) : t("rules.compared", { base: d.base })}</h2>
        <Differences
          of={d.differences}
          was={t("rules.version-n", { n: d.base })}
          is={d.became || d.takes_back ? t("rules.version-n", { n: d.became ?? d.takes_back?.instead ?? 0 }) : t("rules.drafted")}
        />
        <Suspense>{d.may.includes("charter.withdraw") && <Withdraw of={d} />}</Suspense>
      </div>
    </>
  );
}

/** All that stands in the way of putting it to the body, each leading to its rule. */
function Lacks({ of: d }: { of: Draft }) {
  const { t } = useWords();
  return (
    <section className={page.note} aria-labelledby="lacks">
      <h2 id="lacks">{t("rules.lacks")}</h2>
      <ul className={page.list}>
        {d.lacks.map((l, i) => {
          const part = partOf(l.field ?? "");
          const known = (parts as readonly string[]).includes(part);
          return (
            <li key={`${l.code} ${l.field} ${i}`}>
              {known && d.may.includes("charter.draft") ? (
                <Link href={`/charter/drafts/${d.id}/${part}`} className={own.goes}>
                  {t(`rules.part.${part}`)}: <Called name={d.called[l.field!] ?? ""} path={l.field!} />
                </Link>
              ) : null}{" "}
              {l.detail || l.title}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
