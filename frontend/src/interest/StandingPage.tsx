import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { named, type Rules, useInterestName, useRules } from "../decision/data";
import page from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Standing, useStanding } from "./data";

const Declare = lazy(() => import("./Declare"));
const End = lazy(() => import("./End"));

/** What seats have declared once: one's own, or by office everybody's. */
export default function StandingPage() {
  const { t } = useWords();
  const file = useStanding();
  const rules = useRules().data;
  if (file.error) return <Trouble error={file.error} again={() => void file.refetch()} />;
  if (!file.data || !rules) return <Waiting />;
  return (
    <>
      <PageHead title={t("interest.title")} lead={t("interest.lead")} crumbs={<Link href="/charter/start">{t("interest.start")}</Link>} />
      <div className={page.stack}>
        {file.data.list.length === 0 ? (
          <p>{t(file.data.all ? "interest.none-all" : "interest.none")}</p>
        ) : (
          <ul className={`${page.rows} ${page.card}`}>
            {file.data.list.map((x) => (
              <One key={x.id} of={x} rules={rules} all={file.data.all} />
            ))}
          </ul>
        )}
        {file.data.may.includes("standing.declare") && (
          <Suspense fallback={<Waiting />}>
            <Declare rules={rules} />
          </Suspense>
        )}
      </div>
    </>
  );
}

function One({ of: x, rules, all }: { of: Standing; rules: Rules; all: boolean }) {
  const { t, language } = useWords();
  const [ending, setEnding] = useState(false);
  const kind = useInterestName(rules)(x.kind);
  const area = x.area && named(rules.proposals.areas.find((a) => a.key === x.area)?.name, language, x.area);
  const about = x.about?.name || area || t("interest.about.other");
  return (
    <li className={page.row}>
      <span>
        {all && <bdi className={page.who}>{x.organisation.name}</bdi>}
        <span>
          {kind}: <bdi>{about}</bdi>
        </span>{" "}
        <span className={page.quiet}>
          <Day value={x.from} />
          {x.until && (
            <>
              {" – "}
              <Day value={x.until} />
            </>
          )}
          {" · "}
          {t("interest.by", { by: x.by })}
        </span>{" "}
        {x.note && (
          <q className={page.said} dir="auto">
            {x.note}
          </q>
        )}
        {x.ending && (
          <span className={page.quiet}>
            {t("interest.ending")}{" "}
            <q className={page.said} dir="auto">
              {x.ending}
            </q>
          </span>
        )}
        {x.may.includes("standing.end") && !ending && (
          <Button tone="quiet" aria-label={t("interest.end-of", { kind, about })} onClick={() => setEnding(true)}>
            {t("interest.end")}
          </Button>
        )}
        {x.may.includes("standing.end") && ending && (
          <Suspense>
            <End of={x} done={() => setEnding(false)} />
          </Suspense>
        )}
      </span>
      <Tag tone={x.holds ? "warn" : "plain"}>{t(x.holds ? "interest.holds" : "interest.over")}</Tag>
    </li>
  );
}
