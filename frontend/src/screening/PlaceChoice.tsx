import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { outside } from "./data";

export type Places = { key: string; name: string; fields: { at: string; name: string }[] }[];

/** Where in a proposal: a section of its form, a field in it, or what stands beside the form, with a stroke before it. */
export function PlaceChoice({
  id,
  label,
  none,
  error,
  sections,
  value,
  change,
}: {
  id: string;
  label: string;
  /** What it is called to choose no place. */
  none: string;
  error: string | undefined;
  sections: Places;
  value: string;
  change: (place: string) => void;
}) {
  const { t } = useWords();
  return (
    <Choice id={id} label={label} error={error} value={value} onChange={(e) => change(e.target.value)}>
      <option value="">{none}</option>
      {sections.flatMap((s) => [
        <option key={s.key} value={s.key}>
          {s.name}
        </option>,
        ...s.fields.map((f) => (
          <option key={f.at} value={f.at}>
            {`${s.name}: ${f.name}`}
          </option>
        )),
      ])}
      {outside.map((o) => (
        <option key={o} value={`/${o}`}>
          {t(`mend.place.${o}`)}
        </option>
      ))}
    </Choice>
  );
}

/** A chosen place as it is sent; nothing where none was chosen. */
export const placeSent = (place: string) => (place.startsWith("/") ? { field: place } : place ? { section: place } : {});
