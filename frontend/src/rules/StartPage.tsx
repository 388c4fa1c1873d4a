import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { useRead } from "../api/read";
import { named, underWay, useInterestName, useRules } from "../decision/data";
import page from "../decision/decision.module.css";
import { useStanding } from "../interest/data";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { useWords } from "../words/i18n";
import styles from "./Rules.module.css";
import type { Schemas } from "./rules";

const Before = lazy(() => import("../decision/Before"));

type Question = Schemas["Question"];

/** The agendas of meetings to come and under way, and what is decided in writing, each item as far as it is within reach. */
const useOpenItems = () =>
  useQuery({
    queryKey: ["meetings", "open items"],
    queryFn: async () => {
      const meetings = (await client.GET("/meetings")).data!.filter((m) => m.state !== "closed");
      const files = await Promise.all(
        meetings.map(async (m) => (await client.GET("/meetings/{id}", { params: { path: { id: m.id } } })).data!),
      );
      const read = (list: { id: string; state: string }[]) =>
        Promise.all(
          list
            .filter((i) => underWay(i.state))
            .map(async (i) => (await client.GET("/questions/{id}", { params: { path: { id: i.id } } })).data!),
        );
      const silences = (await client.GET("/silences")).data!;
      return {
        meetings: await Promise.all(files.map(async (m) => ({ meeting: m, items: await read(m.agenda) }))),
        written: await read(silences),
      };
    },
  });

/** A new member's first page: what is before the body, interests to declare, what was decided before, the rules in short. */
export default function StartPage() {
  const { t } = useWords();
  const open = useOpenItems();
  const rules = useRules().data;
  const standing = useStanding();
  const code = useSession().data?.hat?.code;
  if (open.error) return <Trouble error={open.error} again={() => void open.refetch()} />;
  if (!open.data || !rules) return <Waiting />;
  const listed = open.data.meetings.filter((m) => m.items.length > 0);
  return (
    <>
      <PageHead title={t("start.title")} lead={t("start.lead")} crumbs={<Link href="/meetings">{t("start.meetings")}</Link>} />
      <div className={page.stack}>
        <section className={page.tight}>
          <h2>{t("interest.start")}</h2>
          <p>{t("interest.start-lead")}</p>
          {standing.data && (
            <p>{t("interest.start-count", { count: standing.data.list.filter((x) => x.holds && x.organisation.code === code).length })}</p>
          )}
          <p>
            <Link href="/interests">{t("interest.start-link")}</Link>
          </p>
        </section>
        <h2>{t("start.open")}</h2>
        {listed.length === 0 && open.data.written.length === 0 && <p>{t("start.open-none")}</p>}
        {listed.map(({ meeting, items }) => (
          <section key={meeting.id} className={page.tight} aria-label={meeting.ref}>
            <h3>
              <Link href={`/meetings/${meeting.id}`} dir="auto">
                {meeting.title}
              </Link>
            </h3>
            <p>
              <DateTime value={meeting.starts_at} />
            </p>
            <ul className={styles.list}>
              {items.map((q) => (
                <Item key={q.id} of={q} rules={rules} />
              ))}
            </ul>
          </section>
        ))}
        {open.data.written.length > 0 && (
          <section className={page.tight}>
            <h3>{t("start.in-writing")}</h3>
            <ul className={styles.list}>
              {open.data.written.map((q) => (
                <Item key={q.id} of={q} rules={rules} />
              ))}
            </ul>
          </section>
        )}
        <InShort rules={rules} />
      </div>
    </>
  );
}

function Item({ of: q, rules }: { of: Question; rules: Schemas["Rules"] }) {
  const { t, language } = useWords();
  const organisation = useSession().data?.hat?.code;
  const called = useInterestName(rules);
  const mine = (q.interests ?? []).filter((i) => i.organisation === organisation);
  return (
    <li className={styles.rule}>
      <h4>
        {q.title ? (
          <Link href={`/questions/${q.id}`} lang={q.language ?? ""} dir="auto">
            {q.title}
          </Link>
        ) : (
          // Its title is not for who has such an interest.
          <Link href={`/questions/${q.id}`}>
            {q.in_writing ? <bdi dir="ltr">{q.in_writing.ref}</bdi> : t("start.item", { item: q.item })}
          </Link>
        )}
      </h4>
      <p>{named(rules.decisions.find((d) => d.kind === q.kind)?.name, language, q.kind)}</p>
      {q.in_writing?.ends_at && (
        <p>
          {t("start.ends")} <DateTime value={q.in_writing.ends_at} zone={fund.zone} />
        </p>
      )}
      {q.hidden ? (
        <p>{t("start.hidden", { interest: called(q.hidden) })}</p>
      ) : mine.length > 0 ? (
        <p>{t("start.interest", { interests: mine.map((i) => called(i.kind)).join(", ") })}</p>
      ) : (
        q.may.includes("interest.declare") && <p>{t("start.declare")}</p>
      )}
      {!q.hidden && (
        <Suspense>
          <Before of={q.id} within />
        </Suspense>
      )}
    </li>
  );
}

/** Who sits, and how each kind of decision is taken. */
function InShort({ rules }: { rules: Schemas["Rules"] }) {
  const { t, language } = useWords();
  const all = useRead<Schemas["CharterRule"][]>("/charter/rules").data ?? [];
  const either = new Intl.ListFormat(language, { type: "disjunction" });
  const value = (path: string) => all.find((r) => r.path === path)?.value ?? "";
  return (
    <section className={page.tight}>
      <h2>{t("start.rules")}</h2>
      {all.length > 0 && (
        <p>
          {t("start.quorum", { share: value("/body/quorum/share"), least: value("/body/quorum/per_constituency") })}{" "}
          {t("start.terms", { months: value("/terms/months"), terms: value("/terms/max_consecutive") })}
        </p>
      )}
      <dl className={page.facts}>
        {rules.decisions.map((d) => (
          <div key={d.kind}>
            <dt>{named(d.name, language, d.kind)}</dt>
            <dd>{either.format(d.procedures.map((p) => t(`rules.procedure.${p}`)))}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Link href="/charter">{t("start.all-rules")}</Link>
      </p>
    </section>
  );
}
