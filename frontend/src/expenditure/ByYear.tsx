import { useNames } from "../api/organisations";
import { named } from "../decision/data";
import { Amount } from "../money/Amount";
import { sum } from "../money/money";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import type { Part, Rules } from "./data";

/** What is in the books, line by line and year by year, beside the approved budget. */
export default function ByYear({ part, rules }: { part: Part; rules: Rules }) {
  const { t, language } = useWords();
  const { short } = useNames();
  const booked = part.statements.filter((s) => s.state === "taken").sort((a, b) => a.year - b.year);
  const of = (key: string) => ({
    key,
    name: named(rules.proposals.budget.lines.find((l) => l.key === key)?.name, language, key),
    budget: part.budget[key]?.amount ?? "0",
    years: booked.map((s) => s.lines[key]?.amount ?? "0"),
    spent: part.by_line[key]?.amount ?? "0",
  });
  const rows = rules.proposals.budget.lines.map((l) => of(l.key));
  const total = {
    key: "total",
    name: t("expenditure.total"),
    budget: sum(rows.map((r) => r.budget)),
    years: booked.map((s) => s.total.amount),
    spent: part.spent.amount,
  };
  return (
    <DataTable
      caption={t("expenditure.by-year", { who: short(part.organisation.code), currency: part.spent.currency })}
      rows={[...rows, total]}
      id={(r) => r.key}
      columns={[
        { key: "line", head: t("expenditure.line"), heads: true, cell: (r) => r.name },
        { key: "budget", head: t("expenditure.budget"), kind: "amount", cell: (r) => <Amount value={r.budget} /> },
        ...booked.map((s, n) => ({
          key: String(s.year),
          head: String(s.year),
          kind: "amount" as const,
          cell: (r: typeof total) => <Amount value={r.years[n] ?? "0"} />,
        })),
        { key: "spent", head: t("expenditure.all-years"), kind: "amount", cell: (r) => <Amount value={r.spent} /> },
      ]}
    />
  );
}
