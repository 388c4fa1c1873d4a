import { named, type Rules } from "../decision/data";
import { Amount } from "../money/Amount";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Programme } from "./data";

/** How far shares and lines of a budget are from what the body last decided; what goes too far is marked. */
export function Drift({
  moves,
  rules,
  short,
}: {
  moves: Programme["drift"];
  rules: Rules | undefined;
  /** What people call an organisation, by its code. */
  short: (code: string) => string;
}) {
  const { t, language } = useWords();
  return (
    <DataTable
      caption={t("life.drift", { currency: rules?.currency ?? "" })}
      rows={moves}
      id={(m) => m.organisation ?? `line ${m.line}`}
      columns={[
        {
          key: "what",
          head: t("life.drift-what"),
          heads: true,
          cell: (m) =>
            m.line ? (
              named(rules?.proposals.budget.lines.find((l) => l.key === m.line)?.name, language, m.line)
            ) : (
              <bdi>{short(m.organisation!)}</bdi>
            ),
        },
        { key: "decided", head: t("life.drift-decided"), kind: "amount", cell: (m) => <Amount value={m.decided.amount} /> },
        { key: "comes", head: t("life.drift-comes"), kind: "amount", cell: (m) => <Amount value={m.amount.amount} strong /> },
        {
          key: "share",
          head: t("life.moves"),
          cell: (m) => (m.beyond ? <Tag tone="warn">{`${m.share || "—"} %`}</Tag> : <bdi dir="ltr">{m.share && `${m.share} %`}</bdi>),
        },
      ]}
    />
  );
}
