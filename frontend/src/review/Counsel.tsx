import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type AdviceRequest, adviceTones } from "./data";

/** How a request for advice stands: what was recommended, that it is late, that there is none. */
export function Counsel({ request: r }: { request: AdviceRequest }) {
  const { t } = useWords();
  const word = r.state === "given" && r.outcome?.recommendation;
  return (
    <>
      {word ? (
        <Tag tone={word === "advise" ? "good" : word === "against" ? "bad" : "warn"}>{t(`advice.word.${word}`)}</Tag>
      ) : (
        <Tag tone={adviceTones[r.state]}>{t(`advice.state.${r.state}`)}</Tag>
      )}{" "}
      {r.late && <Tag tone="bad">{t(r.state === "given" ? "review.late" : "review.overdue")}</Tag>}
    </>
  );
}
