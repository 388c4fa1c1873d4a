import { Choice } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import type { Language } from "./data";

/** The language in which something is written. */
export function Tongue({ id, value, onChange }: { id: string; value: Language; onChange: (to: Language) => void }) {
  const { t } = useWords();
  return (
    <Choice id={id} label={t("review.language")} value={value} onChange={(e) => onChange(e.target.value as Language)}>
      <LanguageOptions />
    </Choice>
  );
}
