import { Conflict } from "../draft/Conflict";
import { same } from "../draft/merge";
import { formatAmount } from "../money/money";
import { useWords } from "../words/i18n";
import { type Content, named, type Organisation, type ProposalForm, type Rules } from "./proposal";

/** Both versions of a proposal that two have saved, field by field, in the words of its form. */
export default function Clash({
  mine,
  theirs,
  onSettle,
  form,
  rules,
  organisations,
}: {
  mine: Content;
  theirs: Content;
  onSettle: (chosen: Content) => void;
  form: ProposalForm;
  rules: Rules;
  organisations: Organisation[];
}) {
  const { t, language } = useWords();
  const org = (id: string | null) => organisations.find((o) => o.id === id);
  const short = (id: string | null, nobody: string) => org(id)?.short_name || (org(id)?.name ?? nobody);
  return (
    <Conflict
      mine={mine}
      theirs={theirs}
      onSettle={onSettle}
      fields={[
        { key: "title", label: t("field.title"), text: (c) => c.title },
        { key: "summary", label: t("field.summary"), text: (c) => c.summary },
        { key: "language", label: t("field.language") },
        { key: "scope", label: t("field.scope"), text: (c) => t(`scope.${c.scope}`) },
        { key: "state", label: t("field.state"), text: (c) => org(c.state)?.name ?? "" },
        { key: "other_states", label: t("field.states"), text: (c) => c.other_states.map((s) => org(s)?.name ?? "").join("\n") },
        { key: "area", label: t("field.area"), text: (c) => named(rules.areas.find((a) => a.key === c.area)?.name, language) },
        { key: "objectives", label: t("field.objectives"), text: (c) => c.objectives.join(", ") },
        {
          key: "markers",
          label: t("task.markers"),
          text: (c) =>
            rules.markers
              .map((m) => `${named(m.name, language)}: ${c.markers[m.key]?.code ?? ""} ${c.markers[m.key]?.reason ?? ""}`)
              .join("\n"),
        },
        {
          key: "shares",
          label: t("field.shares"),
          text: (c) =>
            c.shares.map((s) => `${short(s.organisation, "–")}: ${s.amount ? formatAmount(s.amount.amount, language) : "–"}`).join("\n"),
        },
        {
          key: "answers",
          label: t("proposal.answers"),
          text: (c) =>
            form.sections
              .flatMap((x) => x.fields)
              .filter((f) => f.kind !== "part" && !same(mine.answers[f.key], theirs.answers[f.key]))
              .map((f) => `${named(f.label, language)}: ${JSON.stringify(c.answers[f.key] ?? "", null, 1)}`)
              .join("\n"),
        },
      ]}
    />
  );
}
