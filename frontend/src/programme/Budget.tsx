import { useNames } from "../api/organisations";
import { named, type useRules } from "../decision/data";
import { Amount } from "../money/Amount";
import { sum } from "../money/money";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import type { Programme } from "./data";

type Rules = NonNullable<ReturnType<typeof useRules>["data"]>;

/** The budget in force by line and organisation, and by year; the shares alone, where no document planned one. */
export function Budget({ of: p, rules }: { of: Programme; rules: Rules }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const cells = p.budget;
  const total = (of: (c: (typeof cells)[number]) => boolean) => sum(cells.filter(of).map((c) => c.amount.amount));
  if (cells.length === 0)
    return (
      <DataTable
        caption={t("life.shares", { currency: rules.currency })}
        rows={p.shares}
        id={(s) => s.organisation}
        columns={[
          { key: "who", head: t("life.organisation"), heads: true, cell: (s) => <bdi>{short(s.code)}</bdi> },
          { key: "amount", head: t("life.share"), kind: "amount", cell: (s) => <Amount value={s.amount.amount} /> },
        ]}
      />
    );
  const years = [...new Set(cells.map((c) => c.year))].sort((a, b) => a - b);
  const lines = rules.proposals.budget.lines.filter((l) => cells.some((c) => c.line === l.key));
  const row = (key: string, name: string, of: (c: (typeof cells)[number]) => boolean) => ({ key, name, of });
  return (
    <DataTable
      caption={t("life.budget", { currency: rules.currency })}
      id={(r) => r.key}
      rows={[
        ...lines.map((l) => row(l.key, named(l.name, language, l.key), (c) => c.line === l.key)),
        ...years.map((n) => row(`year ${n}`, t("life.year", { n }), (c) => c.year === n)),
        row("total", t("life.total"), () => true),
      ]}
      columns={[
        { key: "line", head: t("life.line"), heads: true, cell: (r) => r.name },
        ...p.shares.map((s) => ({
          key: s.organisation,
          head: short(s.code), // a text: on a phone it names its figure
          kind: "amount" as const,
          cell: (r: ReturnType<typeof row>) => <Amount value={total((c) => c.organisation === s.organisation && r.of(c))} />,
        })),
        { key: "all", head: t("life.total"), kind: "amount", cell: (r) => <Amount value={total(r.of)} strong /> },
      ]}
    />
  );
}
