import type { Schemas } from "../money-office/office";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";

/** Where somebody stands with the fund. */
export const stateOf = (p: Schemas["Person"]) =>
  p.disabled ? "disabled" : p.mail_failure ? "bounced" : p.has_password ? "active" : "invited";

/** Whether somebody can sign in, and whether letters reach them. */
export function PersonTag({ person }: { person: Schemas["Person"] }) {
  const { t } = useWords();
  const state = stateOf(person);
  return <Tag tone={state === "active" ? "good" : state === "invited" ? "plain" : "warn"}>{t(`admin.state.${state}`)}</Tag>;
}
