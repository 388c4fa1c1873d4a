import type { Schemas } from "../money-office/office";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

/** One of the organisations that the fund knows. */
export function OrganisationChoice({
  list,
  value,
  error,
  onChange,
}: {
  list: Schemas["Organisation"][];
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
}) {
  const { t } = useWords();
  return (
    <Choice id="organisation" label={t("admin.organisation")} value={value} error={error} onChange={(e) => onChange(e.target.value)}>
      <option value="">{t("admin.choose")}</option>
      {list.map((o) => (
        <option key={o.id} value={o.id}>
          {o.name} ({o.code})
        </option>
      ))}
    </Choice>
  );
}
