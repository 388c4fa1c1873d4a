import { Choice } from "../ui/Field/Field";
import { languages, useWords } from "../words/i18n";
import type { Language } from "./data";

/** The language in which something is written. */
export function Tongue({ id, value, onChange }: { id: string; value: Language; onChange: (to: Language) => void }) {
  const { t, language } = useWords();
  const names = new Intl.DisplayNames([language], { type: "language" });
  return (
    <Choice id={id} label={t("review.language")} value={value} onChange={(e) => onChange(e.target.value as Language)}>
      {(Object.keys(languages) as Language[]).map((l) => (
        <option key={l} value={l}>
          {names.of(l)}
        </option>
      ))}
    </Choice>
  );
}
