import { useWords } from "../words/i18n";
import { type Arithmetic, named, type Rules } from "./data";

/** What becomes of a constituency with nobody left, recused or all its seats vacant, as the charter has it; nothing, where each has somebody. */
export default function Emptied({ counted: n, rules }: { counted: Arithmetic; rules: Rules }) {
  const { t, language } = useWords();
  if (!n.quorum.applies) return null;
  return n.quorum.constituencies
    .filter((k) => k.recused === k.sitting)
    .map((k) => (
      <p key={k.key}>
        {t(`interest.${k.sitting > 0 ? "emptied" : "vacant"}-${k.needed > 0 ? "asked" : "not-asked"}`, {
          constituency: named(rules.constituencies.find((c) => c.key === k.key)?.name, language, k.key),
          needed: k.needed,
        })}
      </p>
    ));
}
