import { lazy, Suspense, useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { named, useRules } from "../decision/data";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useMay, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";

const Joining = lazy(() => import("./Joining"));
const ExecutiveCommittee = lazy(() => import("./ExecutiveCommittee"));
const LastDay = lazy(() => import("./LastDay"));

type Belonging = Schemas["Belonging"];

/** Who speaks through which constituency on a day; the secretariat lets organisations join and leave. */
export default function ConstituenciesPage() {
  const { t, language } = useWords();
  const on = new URLSearchParams(useSearch()).get("on") ?? "";
  const [, go] = useLocation();
  const rules = useRules().data;
  const list = useRead<Belonging[]>("/constituencies", on ? { on } : {});
  const admits = useMay("constituency.admit");
  const [leaving, leave] = useState<Belonging | null>(null);
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!rules) return <Waiting />;
  const kind = (key: string) => named(rules.stakeholders.find((k) => k.key === key)?.name, language, key);
  return (
    <>
      <PageHead title={t("constituencies.title")} lead={t("constituencies.lead")} crumbs={<Link href="/seats">{t("seats.title")}</Link>} />
      <div className={office.stack}>
        <div className={office.row}>
          <DayField
            id="on"
            label={t("constituencies.on")}
            value={on || today()}
            onDay={(day) => go(day && day !== today() ? `/constituencies?on=${day}` : "/constituencies", { replace: true })}
          />
        </div>
        {!list.data && <Waiting />}
        {rules.constituencies.map((k) => {
          if (!list.data) return null;
          const members = list.data.filter((b) => b.constituency === k.key);
          const name = named(k.name, language, k.key);
          return (
            <DataTable
              key={k.key}
              caption={`${name} (${formatDay(on || today(), language)})`}
              rows={members}
              id={(b) => b.id}
              empty={t(admits ? "constituencies.none-admit" : "constituencies.none")}
              columns={[
                {
                  key: "who",
                  head: t("constituencies.organisation"),
                  heads: true,
                  by: (b) => b.name,
                  cell: (b) => (
                    <Link href={`/organisations/${b.organisation}`}>
                      <bdi lang="">{b.name}</bdi>
                    </Link>
                  ),
                },
                {
                  key: "groups",
                  head: t("constituencies.groups"),
                  cell: (b) => b.groups.map((g) => t(`groups.${g.group}`)).join(", ") || kind(b.kind),
                },
                { key: "from", head: t("seats.from"), by: (b) => b.from, cell: (b) => <Day value={b.from} short /> },
                { key: "until", head: t("seats.last-day"), cell: (b) => (b.until ? <Day value={b.until} short /> : t("seats.open-end")) },
                ...(admits
                  ? [
                      {
                        key: "acts",
                        head: <span className="unseen">{t("seats.acts")}</span>,
                        cell: (b: Belonging) =>
                          b.may.includes("constituency.release") && (
                            <Button tone="quiet" onClick={() => leave(b)}>
                              {t("constituencies.leave")}
                              <span className="unseen"> {b.name}</span>
                            </Button>
                          ),
                      },
                    ]
                  : []),
              ]}
            />
          );
        })}
        <Suspense>
          {leaving && (
            <LastDay
              title={t("constituencies.leave-title", { name: leaving.name })}
              lead={t("constituencies.leave-lead")}
              act={t("constituencies.leave")}
              done={t("constituencies.left")}
              path={`/belongings/${leaving.id}/ending`}
              onClose={() => leave(null)}
            />
          )}
          {admits && <Joining rules={rules} />}
          <ExecutiveCommittee on={on} rules={rules} />
        </Suspense>
      </div>
    </>
  );
}
