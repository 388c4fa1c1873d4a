import type { components } from "./schema";

/** A refusal as RFC 9457 writes it: title and detail are in the reader's language already. */
export type Problem = components["schemas"]["Problem"];

/** One thing that is wrong, and the field it is wrong with, as a JSON Pointer. */
export type Fault = { code: string; title: string; detail?: string; field?: string; section?: string };

/** Refused is thrown for every answer that is no success. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.title);
    this.name = "Refused";
    this.problem = problem;
  }
  get status() {
    return this.problem.status;
  }
}

/** Thrown where no answer came at all: the line is down, or the server is. */
export class Unreached extends Error {
  constructor(cause: unknown) {
    super("unreached", { cause });
    this.name = "Unreached";
  }
}

/** The faults of a refusal: its list, or itself where it has none. */
export function faultsOf(problem: Problem): Fault[] {
  if (problem.errors && problem.errors.length > 0) return problem.errors;
  return [{ code: problem.code, title: problem.title, detail: problem.detail, field: problem.field }];
}

/** What is said at the field: how the rule was broken, or else the rule. */
export function sentence(fault: Fault): string {
  return fault.detail || fault.title;
}

/**
 * The id in the page of the field that a JSON Pointer names: "/budget/0/amount" → "budget-0-amount".
 * A field that the refusal names more narrowly than the page has it is found by its parents.
 */
export function fieldId(pointer: string): string {
  return pointer
    .replace(/^\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join("-")
    .replace(/[^\w-]/g, "_");
}

/** The faults by field id, the first of each: what each Field is given as its error. */
export function faultsByField(problem: Problem | null | undefined): Record<string, string> {
  const out: Record<string, string> = {};
  if (!problem) return out;
  for (const fault of faultsOf(problem)) {
    if (fault.field === undefined) continue;
    const id = fieldId(fault.field);
    out[id] ??= sentence(fault);
  }
  return out;
}
