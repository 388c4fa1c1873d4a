import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { client } from "../api/client";
import { useOrganisations } from "../api/organisations";
import type { components } from "../api/schema";
import { Amount } from "../money/Amount";
import { minor, sum } from "../money/money";
import { AnswersSaid } from "../proposal/answers/Said";
import proposal from "../proposal/Proposal.module.css";
import { type Content, contentOf, named, type Organisation, type Proposal, type Rules, useForm, useRules } from "../proposal/proposal";
import { DataTable } from "../ui/DataTable/DataTable";
import { Diff } from "../ui/Diff/Diff";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import styles from "./changes.module.css";

await Promise.all([bringArea("budget"), bringArea("proposal")]);

type Change = NonNullable<components["schemas"]["Budget"]["change"]>;

/** Which two the server compares: the versions by their numbers, nothing for what is written now. */
export type Compared = { id: string; newer: number | undefined; older: number };

type RestProps = {
  content: Content;
  before?: Content | undefined;
  /** Where both are of one proposal: then the charter's rule of how far a line may move is shown. */
  compared?: Compared | undefined;
  rules: Rules;
  organisations: Pick<Organisation, "id" | "code" | "name">[];
};

/** How wide a proposal reaches, its other states and its budget; against an earlier version, what changed in them. */
export default function Rest({ content: c, before, compared, rules, organisations }: RestProps) {
  const { t, language } = useWords();
  const org = (id: string) => organisations.find((o) => o.id === id)?.name ?? id;
  const states = (x: Content) => new Intl.ListFormat(language, { type: "unit" }).format(x.other_states.map(org));
  const text = (now: string, was: string | undefined) =>
    was !== undefined && was !== now ? <Diff from={was} to={now} /> : <p className={proposal.prose}>{now || t("changes.none")}</p>;
  const who = [...new Set([...c.budget, ...(before?.budget ?? [])].map((x) => x.organisation))];
  return (
    <>
      <Part head={t("changes.scope")}>{text(t(`changes.scope.${c.scope}`), before && t(`changes.scope.${before.scope}`))}</Part>
      {(c.other_states.length > 0 || (before?.other_states.length ?? 0) > 0) && (
        <Part head={t("changes.states")}>{text(states(c), before && states(before))}</Part>
      )}
      {who.length > 0 && (
        <Part head={t("changes.budget")}>
          <div className={styles.tables}>
            {who.map((id) => (
              <Sheet key={id} id={id} name={org(id)} content={c} before={before} rules={rules} />
            ))}
            {before && compared && <Lines compared={compared} rules={rules} />}
          </div>
        </Part>
      )}
    </>
  );
}

function Part({ head, children }: { head: string; children: ReactNode }) {
  return (
    <section className={proposal.part}>
      <h2 className={proposal.head}>{head}</h2>
      <div>{children}</div>
    </section>
  );
}

/** What one organisation plans by line and year, each cell with what stood there before. */
function Sheet({ id, name, content, before, rules }: { id: string; name: string } & Pick<RestProps, "content" | "before" | "rules">) {
  const { t, language } = useWords();
  const own = (c: Content | undefined) => c?.budget.filter((x) => x.organisation === id) ?? [];
  const all = [...own(content), ...own(before)];
  const years = [...new Set(all.map((x) => x.year))].sort((a, b) => a - b);
  const known = rules.budget.lines.map((l) => l.key);
  const lines = [...known, ...new Set(all.map((x) => x.line).filter((l) => !known.includes(l)))].filter((l) =>
    all.some((x) => x.line === l),
  );
  const total = (c: Content | undefined, within: (x: Content["budget"][number]) => boolean) =>
    sum(own(c).flatMap((x) => (within(x) ? [x.amount.amount] : [])));
  const cell = (within: (x: Content["budget"][number]) => boolean) => (
    <Was now={total(content, within)} was={before && total(before, within)} />
  );
  const rows = [
    ...lines.map((key) => ({ key, name: named(rules.budget.lines.find((l) => l.key === key)?.name, language) || key })),
    undefined,
  ];
  return (
    <DataTable
      caption={t("changes.of", { organisation: name, currency: all[0]?.amount.currency ?? "" })}
      rows={rows.map((r) => r ?? { key: "", name: t("changes.total") })}
      id={(r) => r.key || "total"}
      columns={[
        { key: "line", head: t("changes.line"), heads: true, cell: (r) => r.name },
        ...years.map((y) => ({
          key: `y${y}`,
          head: t("changes.year", { n: y }),
          kind: "number" as const,
          cell: (r: { key: string }) => cell((x) => x.year === y && (r.key === "" || x.line === r.key)),
        })),
        { key: "total", head: t("changes.total"), kind: "number", cell: (r) => cell((x) => r.key === "" || x.line === r.key) },
      ]}
    />
  );
}

/** An amount, and what it was where that is another. */
function Was({ now, was }: { now: string; was: string | undefined }) {
  const { t } = useWords();
  if (was === undefined || minor(was) === minor(now)) return <Amount value={now} />;
  return (
    <>
      <del className={styles.was}>
        <span className="unseen">{t("diff.gone")} </span>
        <Amount value={was} />
      </del>
      <ins className={styles.now}>
        <span className="unseen">{t("diff.new")} </span>
        <Amount value={now} />
      </ins>
    </>
  );
}

/** Each line that has moved, and whether by more than the charter lets it without a revision: the server's word. */
function Lines({ compared: { id, newer, older }, rules }: { compared: Compared; rules: Rules }) {
  const { t, language } = useWords();
  const change = useQuery({
    queryKey: ["proposal", id, "budget", newer, older],
    queryFn: async () =>
      (
        await client.GET("/proposals/{id}/budget", {
          params: { path: { id }, query: { ...(newer ? { version: newer } : {}), with: older } },
        })
      ).data?.change as Change,
  }).data;
  const rows = change?.lines.filter((l) => minor(l.before.amount) !== minor(l.after.amount)) ?? [];
  if (!change || rows.length === 0) return null;
  const share = new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(Number(change.revision_share) * 100);
  return (
    <DataTable
      caption={t("changes.lines")}
      rows={rows}
      id={(l) => l.line}
      columns={[
        {
          key: "line",
          head: t("changes.line"),
          heads: true,
          cell: (l) => named(rules.budget.lines.find((x) => x.key === l.line)?.name, language) || l.line,
        },
        { key: "before", head: t("changes.before"), kind: "number", cell: (l) => <Amount value={l.before.amount} /> },
        { key: "after", head: t("changes.after"), kind: "number", cell: (l) => <Amount value={l.after.amount} /> },
        { key: "moved", head: t("changes.moved"), kind: "number", cell: (l) => <bdi dir="ltr">{l.share || t("changes.new")}</bdi> },
        {
          key: "rule",
          head: t("changes.rule"),
          cell: (l) => <Tag tone={l.beyond ? "warn" : "plain"}>{t(l.beyond ? "changes.beyond" : "changes.within", { share })}</Tag>,
        },
      ]}
    />
  );
}

/** What an assessor reads of a proposal beside its first page: how wide it reaches, its states, its budget, its answers. */
export function Whole({ proposal: p }: { proposal: Proposal }) {
  const rules = useRules(p.charter_version).data;
  const organisations = useOrganisations().data;
  const form = useForm(p.phase, p.form).data;
  if (!rules || !organisations) return null;
  return (
    <>
      <Rest content={contentOf(p)} rules={rules} organisations={organisations} />
      {form && <AnswersSaid form={form} content={contentOf(p)} organisations={organisations} />}
    </>
  );
}
