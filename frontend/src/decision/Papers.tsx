import { useWords } from "../words/i18n";
import type { Question } from "./data";

/** The papers of an item in one file: its text, and what it is about as far as the reader may see it. */
export default function Papers({ question: q }: { question: Question }) {
  const { t } = useWords();
  return (
    <p>
      <a href={`/api/v1/questions/${q.id}/papers`} download>
        {t("papers.of-item")}
      </a>
    </p>
  );
}
