import type { components } from "../api/schema";
import type { useRules } from "../decision/data";
import type { Tone } from "../ui/Tag/Tag";

export type Part = components["schemas"]["ExpenditurePart"];
export type Statement = components["schemas"]["Expenditure"];
export type Rules = NonNullable<ReturnType<typeof useRules>["data"]>;

export const tones: Record<Statement["state"], Tone> = {
  provisional: "plain",
  waiting: "warn",
  taken: "good",
  returned: "warn",
  replaced: "plain",
};
