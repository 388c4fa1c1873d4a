import { same } from "../draft/merge";
import type { Content } from "../proposal/proposal";
import { placeKey, shared } from "./budget";

/** Members of three maps put together; undefined where two changed one member, each in their own way. */
function members<T>(base: Record<string, T>, mine: Record<string, T>, theirs: Record<string, T>): Record<string, T> | undefined {
  const out: Record<string, T> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [b, m, t] = [base[key], mine[key], theirs[key]];
    if (!same(b, m) && !same(b, t) && !same(m, t)) return undefined;
    const value = same(b, m) ? t : m;
    if (value !== undefined) out[key] = value;
  }
  return out;
}

/**
 * What two people wrote over the same version: each field is that of whoever changed it, and the budget, the markers
 * and the answers go together member by member. null where both changed the same: then a person chooses.
 */
export function merged(base: Content, mine: Content, theirs: Content): Content | null {
  const cells = (c: Content) => Object.fromEntries(c.budget.map((x) => [placeKey(x), x]));
  const budget = members(cells(base), cells(mine), cells(theirs));
  const markers = members(base.markers, mine.markers, theirs.markers);
  const answers = members(base.answers, mine.answers, theirs.answers);
  if (!budget || !markers || !answers) return null;
  // With a budget the shares follow from it: whose they are is all that can differ.
  const asked = (c: Content) => (c.budget.length > 0 ? c.shares.map((s) => s.organisation) : c.shares);
  const rest = (c: Content) => ({ ...c, budget: [], markers: {}, answers: {}, shares: asked(c) }) as Record<string, unknown>;
  const plain = members(rest(base), rest(mine), rest(theirs));
  const both = Object.values(budget);
  if (!plain) {
    const shares = new Set([...theirs.shares, ...mine.shares].map((s) => s.organisation));
    const other = members({ ...rest(base), shares: [] }, { ...rest(mine), shares: [] }, { ...rest(theirs), shares: [] });
    if (!other || both.length === 0) return null;
    return shared({
      ...(other as unknown as Content),
      budget: both,
      markers,
      answers,
      shares: [...shares].map((organisation) => ({ organisation, amount: null })),
    });
  }
  const shares = same(asked(base), asked(mine)) ? theirs.shares : mine.shares;
  const out = { ...(plain as unknown as Content), budget: both, markers, answers, shares };
  return both.length > 0 ? shared(out) : out;
}
