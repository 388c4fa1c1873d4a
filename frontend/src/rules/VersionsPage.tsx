import { lazy, Suspense } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { useRead } from "../api/read";
import { useMayBegin } from "../decision/data";
import page from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Differences } from "./Differences";
import styles from "./Rules.module.css";
import { type Schemas, useVersions } from "./rules";

const TakeBack = lazy(async () => ({ default: (await import("./TakeBack")).TakeBack }));

/** Every version of the rules with its decision, and any two of them compared. */
export default function VersionsPage() {
  const { t } = useWords();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const versions = useVersions();
  const writes = useMayBegin("charter.draft");
  if (versions.error) return <Trouble error={versions.error} again={() => void versions.refetch()} />;
  if (!versions.data) return <Waiting />;
  const all = versions.data;
  const last = all.filter((v) => !v.taken_back).at(-1);
  const ahead =
    last?.decision && !last.in_force && all.some((v) => v.in_force && v.effective_from < last.effective_from) ? last : undefined;
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
                  {v.taken_back && <Tag tone="bad">{t("ahead.taken-back")}</Tag>}
                </>
              ),
            },
            { key: "from", head: t("rules.from-day"), cell: (v) => <Day value={v.effective_from} /> },
            {
              key: "by",
              head: t("rules.adopted-by"),
              cell: (v) => (
                <>
                  {v.decision ? (
                    <Link href={`/decisions/${v.decision}`} className={styles.goes}>
                      {v.decision}
                    </Link>
                  ) : (
                    <bdi lang="en">{v.adopted_by}</bdi>
                  )}
                  {v.taken_back && (
                    <p>
                      <Link href={`/decisions/${v.taken_back}`} className={styles.goes}>
                        {t("ahead.taken-back-by", { number: v.taken_back })}
                      </Link>
                    </p>
                  )}
                </>
              ),
            },
          ]}
        />
        <Suspense>{writes && ahead && <TakeBack version={ahead.version} />}</Suspense>
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
