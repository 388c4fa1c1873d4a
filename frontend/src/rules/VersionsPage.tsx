import { Link, useLocation, useSearchParams } from "wouter";
import { useRead } from "../api/read";
import page from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Differences } from "./Differences";
import { type Schemas, useVersions } from "./rules";

/** Every version of the rules with its decision, and any two of them compared. */
export default function VersionsPage() {
  const { t } = useWords();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const versions = useVersions();
  if (versions.error) return <Trouble error={versions.error} again={() => void versions.refetch()} />;
  if (!versions.data) return <Waiting />;
  const all = versions.data;
  const from = search.get("from") ?? String(all.at(-2)?.version ?? "");
  const to = search.get("to") ?? String(all.at(-1)?.version ?? "");
  const choose = (from: string, to: string) => go(`/charter/versions?from=${from}&to=${to}`, { replace: true });
  return (
    <>
      <PageHead title={t("rules.versions")} crumbs={<Link href="/charter">{t("rules.title")}</Link>} />
      <div className={page.stack}>
        <DataTable
          caption={t("rules.versions")}
          captionUnseen
          rows={all}
          id={(v) => String(v.version)}
          tone={(v) => (v.in_force ? "chosen" : undefined)}
          columns={[
            {
              key: "version",
              head: t("rules.version"),
              heads: true,
              cell: (v) => (
                <>
                  <Link href={`/charter?version=${v.version}`}>{t("rules.version-n", { n: v.version })}</Link>{" "}
                  {v.in_force && <Tag tone="good">{t("rules.in-force")}</Tag>}
                </>
              ),
            },
            { key: "from", head: t("rules.from-day"), cell: (v) => <Day value={v.effective_from} /> },
            {
              key: "by",
              head: t("rules.adopted-by"),
              cell: (v) => (v.decision ? <Link href={`/decisions/${v.decision}`}>{v.decision}</Link> : <bdi lang="en">{v.adopted_by}</bdi>),
            },
          ]}
        />
        <h2>{t("rules.compare")}</h2>
        {all.length < 2 ? (
          <p>{t("rules.only-one")}</p>
        ) : (
          <>
            <div className={page.filters}>
              {(["from", "to"] as const).map((side) => (
                <Choice
                  key={side}
                  id={side}
                  label={t(side === "from" ? "rules.earlier" : "rules.later")}
                  value={side === "from" ? from : to}
                  onChange={(e) => (side === "from" ? choose(e.target.value, to) : choose(from, e.target.value))}
                >
                  {all.map((v) => (
                    <option key={v.version} value={v.version}>
                      {t("rules.version-n", { n: v.version })}
                    </option>
                  ))}
                </Choice>
              ))}
            </div>
            <Compared from={from} to={to} />
          </>
        )}
      </div>
    </>
  );
}

function Compared({ from, to }: { from: string; to: string }) {
  const { t } = useWords();
  const list = useRead<Schemas["RuleDifference"][]>("/charter/comparison", { from, to });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  return <Differences of={list.data} was={t("rules.version-n", { n: from })} is={t("rules.version-n", { n: to })} />;
}
