import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import { named, type Rules, useInterestName } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { bringArea, useWords } from "../words/i18n";
import type { Item, Minutes, Says } from "./data";
import { Who } from "./Who";

// Few who read minutes write them.
const Writing = lazy(() => import("./Writing"));
// Nor does every meeting have somebody without a seat.
const Attending = lazy(async () => (await Promise.all([import("./Attending"), bringArea("records")]))[0]);

type Props = { of: Minutes; says: Says; rules: Rules };

/** The minutes part by part: what the record has, then what was written. */
export function Parts({ of, says, rules }: Props) {
  const { t } = useWords();
  return (
    <>
      <Part of={of} says={says} part="opening" title={t("minutes.opening")} />
      <Part of={of} says={says} part="attendance" title={t("minutes.attendance")}>
        <Attendance says={says} />
        {says.attending && (
          <Suspense>
            <Attending of={says.attending} />
          </Suspense>
        )}
      </Part>
      {says.items.map((i) => (
        <Part
          key={i.item}
          of={of}
          says={says}
          part={`item-${i.item}`}
          hidden={i.hidden}
          title={i.title ? t("minutes.item-titled", { item: i.item, title: i.title }) : t("minutes.item", { item: i.item })}
        >
          <Facts of={i} rules={rules} />
        </Part>
      ))}
      <Part of={of} says={says} part="closing" title={t("minutes.closing")} />
    </>
  );
}

function Part({
  of: m,
  says,
  part,
  title,
  hidden,
  children,
}: {
  of: Minutes;
  says: Says;
  part: string;
  title: string;
  hidden?: boolean;
  children?: React.ReactNode;
}) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const prose = says.prose.filter((p) => p.part === part);
  const writes = m.may.includes("minutes.write") && !hidden;
  const amended = m.corrigenda.filter((c) => c.part === part);
  if (!children && prose.length === 0 && amended.length === 0 && !writes) return null;
  return (
    <section className={`${styles.card} ${styles.tight}`}>
      <h2 dir="auto">{title}</h2>
      {hidden && <p className={styles.quiet}>{t("minutes.hidden")}</p>}
      {children}
      {prose.map((p) => (
        <div key={p.language}>
          {p.language !== says.language && <p className={styles.quiet}>{t("minutes.translation")}</p>}
          <p className={styles.text} lang={p.language} dir="auto">
            {p.text}
          </p>
        </div>
      ))}
      {amended.map((c) => (
        <p key={c.n} className={styles.text}>
          <b>{t("minutes.corrigendum", { n: c.n })}</b> <bdi lang={says.language}>{c.text}</bdi>
        </p>
      ))}
      {writes && !open && (
        <div className={styles.acts}>
          <Button aria-label={t("minutes.write-of", { title })} onClick={() => setOpen(true)}>
            {t("minutes.write")}
          </Button>
        </div>
      )}
      {writes && open && (
        <Suspense>
          <Writing of={m} says={says} part={part} close={() => setOpen(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Attendance({ says }: { says: Says }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <DataTable
      caption={t("minutes.attendance")}
      captionUnseen
      rows={says.attendance}
      id={(a) => `${a.seat} ${a.organisation} ${a.person ?? ""} ${a.from ?? ""}`}
      empty={t("minutes.nobody")}
      columns={[
        {
          key: "who",
          head: t("minutes.organisation"),
          heads: true,
          by: (a) => name(a.organisation),
          cell: (a) => <Who organisation={a.organisation} person={a.person} />,
        },
        { key: "from", head: t("minutes.from"), cell: (a) => a.from && <Moment value={a.from} zone={fund.zone} hour /> },
        { key: "until", head: t("minutes.until"), cell: (a) => a.until && <Moment value={a.until} zone={fund.zone} hour /> },
      ]}
    />
  );
}

/** What the record has of an item. */
function Facts({ of: i, rules }: { of: Item; rules: Rules }) {
  const { t, language } = useWords();
  const { name } = useNames();
  const kindOf = useInterestName(rules);
  if (!i.state) return null;
  const list = new Intl.ListFormat(language);
  const said = (key: string) =>
    named(rules.procedures.find((p) => p.procedure === i.procedure)?.positions.find((p) => p.key === key)?.name, language, key);
  return (
    <>
      <dl className={styles.facts}>
        <dt>{t("minutes.outcome")}</dt>
        <dd>{t(`question.state.${i.state}`)}</dd>
        {i.decision && (
          <>
            <dt>{t("minutes.decision")}</dt>
            <dd>
              <Link href={`/decisions/${i.decision}`}>{i.decision}</Link>
            </dd>
          </>
        )}
        {i.interests && (
          <>
            <dt>{t("minutes.interests")}</dt>
            <dd>
              {list.format(
                i.interests.map(
                  (x) => `${name(x.organisation)} (${kindOf(x.kind)}${x.aside ? `; ${t("minutes.aside", { reason: x.aside })}` : ""})`,
                ),
              )}
            </dd>
          </>
        )}
        {i.left && (
          <>
            <dt>{t("minutes.left")}</dt>
            <dd>{list.format(i.left.map((code) => name(code)))}</dd>
          </>
        )}
      </dl>
      {i.mandates && (
        <DataTable
          caption={t("minutes.of", { part: t("minutes.mandates"), item: t("minutes.item", { item: i.item }) })}
          rows={i.mandates}
          id={(m) => `${m.organisation} ${m.text}`}
          columns={[
            { key: "who", head: t("minutes.organisation"), heads: true, cell: (m) => <bdi>{name(m.organisation)}</bdi> },
            { key: "text", head: t("minutes.mandate"), cell: (m) => <span dir="auto">{m.text}</span> },
            { key: "came", head: t("minutes.mandate.came"), cell: (m) => <span dir="auto">{m.came}</span> },
          ]}
        />
      )}
      {i.capitals && (
        <DataTable
          caption={t("minutes.of", { part: t("minutes.capitals"), item: t("minutes.item", { item: i.item }) })}
          rows={i.capitals}
          id={(c) => c.organisation}
          columns={[
            { key: "who", head: t("minutes.organisation"), heads: true, cell: (c) => <bdi>{name(c.organisation)}</bdi> },
            { key: "stands", head: t("minutes.capital"), cell: (c) => t(`minutes.capital.${c.stands}`) },
            { key: "reason", head: t("minutes.explanation"), cell: (c) => <span dir="auto">{c.reason}</span> },
          ]}
        />
      )}
      {i.positions && (
        <DataTable
          caption={t("minutes.of", { part: t("minutes.positions"), item: t("minutes.item", { item: i.item }) })}
          rows={i.positions}
          id={(p) => `${p.seat} ${p.at}`}
          columns={[
            {
              key: "who",
              head: t("minutes.organisation"),
              heads: true,
              by: (p) => name(p.organisation),
              cell: (p) => <bdi>{name(p.organisation)}</bdi>,
            },
            {
              key: "position",
              head: t("minutes.position"),
              by: (p) => said(p.position),
              cell: (p) => (
                <>
                  {said(p.position)}
                  {p.uncounted && <> ({t(`minutes.uncounted.${p.uncounted}`)})</>}
                </>
              ),
            },
            { key: "reason", head: t("minutes.explanation"), cell: (p) => <span dir="auto">{p.reason}</span> },
          ]}
        />
      )}
    </>
  );
}
