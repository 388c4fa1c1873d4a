import { lazy, Suspense } from "react";
import { Link, useLocation, useSearchParams } from "wouter";
import { useRead } from "../api/read";
import { useMayBegin } from "../decision/data";
import page from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { formatDay } from "../time/dates";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import styles from "./Rules.module.css";
import { partOf, parts, type Schemas, useVersions } from "./rules";

const Drafts = lazy(async () => ({ default: (await import("./Drafts")).Drafts }));

/** Every rule in force today, or on the day or of the version in the address: since when, by which decision, how well founded. */
export default function RulesPage() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const on = search.get("on") ?? "";
  const version = search.get("version") ?? "";
  const query = on ? { on } : version ? { version } : {};
  const head = useRead<Schemas["Charter"]>("/charter", query);
  const rules = useRead<Schemas["CharterRule"][]>("/charter/rules", query);
  const reads = useMayBegin("rules-draft.read");
  const versions = useVersions().data ?? [];
  const trouble = head.error ?? rules.error;
  const shown = versions.find((v) => v.version === head.data?.version);
  const decision = shown?.decision;
  return (
    <>
      <PageHead
        title={t("rules.title")}
        lead={
          head.data &&
          t(shown?.taken_back ? "ahead.lead-back" : "rules.lead", {
            version: head.data.version,
            day: formatDay(head.data.effective_from, language),
          })
        }
        actions={
          <Link href="/charter/versions" className={page.link}>
            {t("rules.versions")}
          </Link>
        }
      />
      <div className={page.stack}>
        {head.data && (
          <p>
            {decision ? (
              <Link href={`/decisions/${decision}`}>{t("rules.by-decision", { number: decision })}</Link>
            ) : (
              <bdi lang="en">{head.data.adopted_by}</bdi>
            )}
          </p>
        )}
        <DayField
          id="on"
          label={t("rules.on")}
          hint={t("rules.on-hint")}
          value={on}
          onDay={(day) => go(day ? `/charter?on=${day}` : "/charter", { replace: true })}
        />
        {trouble ? (
          <Trouble error={trouble} again={() => void rules.refetch()} />
        ) : !rules.data ? (
          <Waiting />
        ) : (
          parts.map((part) => <Part key={part} part={part} rules={rules.data.filter((r) => partOf(r.path) === part)} />)
        )}
        <Suspense>{reads && <Drafts />}</Suspense>
      </div>
    </>
  );
}

function Part({ part, rules }: { part: string; rules: Schemas["CharterRule"][] }) {
  const { t } = useWords();
  const assumed = rules.filter((r) => r.source === "assumed").length;
  const name = t(`rules.part.${part}`);
  return (
    <details className={styles.part}>
      <summary>{t("rules.part-of", { part: name, count: rules.length, assumed })}</summary>
      <DataTable
        caption={name}
        captionUnseen
        rows={rules}
        id={(r) => r.path}
        columns={[
          {
            key: "rule",
            head: t("rules.rule"),
            heads: true,
            cell: (r) => <Called name={r.called} path={r.path} />,
          },
          { key: "value", head: t("rules.value"), cell: (r) => <bdi>{r.value || t("rules.nothing")}</bdi> },
          {
            key: "evidence",
            head: t("rules.evidence"),
            cell: (r) => (
              <>
                <Tag tone={r.source === "assumed" ? "warn" : "plain"}>{t(`rules.${r.source}`)}</Tag> <bdi lang="en">{r.reason}</bdi>
                {!r.acted && <p>{t("rules.unacted")}</p>}
              </>
            ),
          },
          {
            key: "since",
            head: t("rules.since"),
            cell: (r) => (
              <>
                <Day value={r.since.effective_from} short />{" "}
                {r.since.decision ? (
                  <Link href={`/decisions/${r.since.decision}`}>{r.since.decision}</Link>
                ) : (
                  t("rules.version-n", { n: r.since.version })
                )}
              </>
            ),
          },
        ]}
      />
    </details>
  );
}
