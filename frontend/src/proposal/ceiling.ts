import { minor } from "../money/money";
import type { Call, Content, Rules } from "./proposal";

/**
 * The most that one proposal may ask, and whose limit that is: the lowest of the rules', the call's and, of a draft, its
 * area's and its owner states'.
 */
export function ceilingOf(
  call: Call | undefined,
  rules: Rules | undefined,
  draft?: Pick<Content, "area" | "state" | "other_states">,
): { amount: string; of: "charter" | "call" | "area" | "state" } | undefined {
  const ofState = draft?.state || draft?.other_states?.length ? call?.state_ceiling : undefined;
  const all = [
    ["charter", rules?.maximum_amount],
    ["call", call?.ceiling],
    ["area", call?.area_ceilings[draft?.area ?? ""]],
    ["state", ofState],
  ] as const;
  let least: ReturnType<typeof ceilingOf>;
  for (const [of, m] of all) if (m && (!least || minor(m.amount) < minor(least.amount))) least = { of, amount: m.amount };
  return least;
}
