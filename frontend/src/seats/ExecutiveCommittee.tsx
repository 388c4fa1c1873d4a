import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { named, type Rules } from "../decision/data";
import office from "../money-office/Office.module.css";
import { type Schemas, useMay, useRead } from "../money-office/office";
import { Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { bringArea, useWords } from "../words/i18n";

// Beside the constituencies: their page has no room for these words itself.
await bringArea("committee");

const LastDay = lazy(() => import("./LastDay"));
const Joining = lazy(() => import("./JoiningCommittee"));

type Term = Schemas["CommitteeTerm"];

/** Who is of the Executive Committee on a day; its list is kept by the Coordinator and the secretariat. */
export default function ExecutiveCommittee({ on, rules }: { on: string; rules: Rules }) {
  const { t, language } = useWords();
  const committee = useRead<Schemas["ExecutiveCommittee"]>("/executive-committee", on ? { on } : {}).data;
  const keeps = useMay("committee.admit");
  const [leaving, leave] = useState<Term | null>(null);
  if (!committee) return <Waiting />;
  const whose = rules.constituencies.find((k) => k.key === committee.constituency);
  const columns = (ends: boolean) => [
    {
      key: "who",
      head: t("constituencies.organisation"),
      heads: true,
      by: (m: Term) => m.name,
      cell: (m: Term) => (
        <Link href={`/organisations/${m.organisation}`}>
          <bdi lang="">{m.name}</bdi>
        </Link>
      ),
    },
    { key: "from", head: t("seats.from"), by: (m: Term) => m.from, cell: (m: Term) => <Day value={m.from} short /> },
    {
      key: "until",
      head: t("seats.last-day"),
      cell: (m: Term) => (m.until ? <Day value={m.until} short /> : t("seats.open-end")),
    },
    { key: "paper", head: t("seats.paper"), cell: (m: Term) => <bdi>{[m.note, m.left_note].filter(Boolean).join("; ")}</bdi> },
    ...(ends
      ? [
          {
            key: "acts",
            head: <span className="unseen">{t("seats.acts")}</span>,
            cell: (m: Term) =>
              m.may.includes("committee.release") && (
                <Button tone="quiet" onClick={() => leave(m)}>
                  {t("constituencies.leave")}
                  <span className="unseen"> {m.name}</span>
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <section className={office.stack} aria-labelledby="executive-committee">
      <h2 id="executive-committee">{t("committee.title")}</h2>
      <p>
        {committee.constituency ? t("committee.of", { name: named(whose?.name, language, committee.constituency) }) : t("committee.own")}
      </p>
      <DataTable
        caption={`${t("committee.title")} (${formatDay(committee.on, language)})`}
        rows={committee.members}
        id={(m) => m.id}
        empty={t(keeps ? "committee.none-keep" : "committee.none")}
        columns={columns(keeps && !committee.constituency)}
      />
      {committee.terms.length > 0 && (
        <details>
          <summary>{t("committee.ever")}</summary>
          <DataTable
            caption={t("committee.ever")}
            rows={committee.terms}
            id={(m) => m.id}
            empty={t("committee.none")}
            columns={columns(keeps && !!committee.constituency)}
          />
        </details>
      )}
      <Suspense>
        {leaving && (
          <LastDay
            title={t("committee.leave-title", { name: leaving.name })}
            lead={t("committee.leave-lead")}
            act={t("constituencies.leave")}
            done={t("committee.left")}
            path={`/committee-terms/${leaving.id}/ending`}
            paper
            onClose={() => leave(null)}
          />
        )}
        {keeps && <Joining />}
      </Suspense>
    </section>
  );
}
