import { faultsOf, type Problem } from "../api/problem";

// One refusal stays one object however often it is drawn: a summary takes the focus for each that is new.
const renamed = new WeakMap<Problem, Problem>();

/** A refusal with its fields below a form's own name, where a page has several forms with fields of one name: "/text" → "/texts/text". */
export function within<A extends { problem: Problem | null }>(act: A, form: string): A {
  if (!act.problem) return act;
  let problem = renamed.get(act.problem);
  if (!problem) {
    const errors = faultsOf(act.problem).map((fault) => (fault.field ? { ...fault, field: `/${form}${fault.field}` } : fault));
    problem = { ...act.problem, errors };
    renamed.set(act.problem, problem);
  }
  return { ...act, problem };
}
