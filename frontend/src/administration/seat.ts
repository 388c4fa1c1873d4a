import { useCallback } from "react";
import { named, useRules } from "../decision/data";
import type { Schemas } from "../money-office/office";
import { useWords } from "../words/i18n";

/** What a seat is called: its constituency in the charter's words, and its number. */
export function useSeatName() {
  const { t, language } = useWords();
  const rules = useRules().data;
  return useCallback(
    (s: Schemas["Seat"]) => {
      if (s.constituency === "chair") return t("role.coordinator");
      const group = named(rules?.constituencies.find((k) => k.key === s.constituency)?.name, language, s.constituency);
      return `${group} ${s.name.replace(`${s.constituency}-`, "")}`;
    },
    [t, language, rules],
  );
}
