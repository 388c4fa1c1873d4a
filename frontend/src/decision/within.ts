import { faultsOf, type Problem } from "../api/problem";

/** A refusal with its fields below a form's own name, where a page has several forms with fields of one name: "/text" → "/texts/text". */
export function within<A extends { problem: Problem | null }>(act: A, form: string): A {
  if (!act.problem) return act;
  const errors = faultsOf(act.problem).map((fault) => (fault.field ? { ...fault, field: `/${form}${fault.field}` } : fault));
  return { ...act, problem: { ...act.problem, errors } };
}
