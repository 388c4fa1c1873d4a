import type { Organisation } from "../api/organisations";
import { Choice } from "../ui/Field/Field";

/** One of the organisations that the fund knows, but for those merged into another. */
export function OrganisationChoice({
  id = "organisation",
  label,
  choose,
  list,
  value,
  error,
  onChange,
}: {
  id?: string;
  label: string;
  /** What stands where none is chosen. */
  choose: string;
  list: Organisation[];
  value: string;
  error: string | undefined;
  onChange: (id: string) => void;
}) {
  return (
    <Choice id={id} label={label} value={value} error={error} onChange={(e) => onChange(e.target.value)}>
      <option value="">{choose}</option>
      {list
        .filter((o) => !o.merged_into)
        .map((o) => (
          <option key={o.id} value={o.id}>
            {o.name} ({o.code})
          </option>
        ))}
    </Choice>
  );
}
