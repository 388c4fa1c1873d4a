import type { Schemas } from "./office";
import { letter, total } from "./reckon";

export type Line = Schemas["BankLine"];
export type Movement = Schemas["Movement"];

export const views = ["all", "unmatched", "suggested", "matched", "aside"] as const;
export type View = (typeof views)[number];

/** The states that a view shows. */
export const shows: Record<View, Line["state"][]> = {
  all: ["unmatched", "suggested", "matched", "on-hold", "another-fund", "pending", "suspense"],
  unmatched: ["unmatched"],
  suggested: ["suggested"],
  matched: ["matched"],
  aside: ["on-hold", "another-fund", "pending", "suspense"],
};

export type Letters = { line: Map<string, string>; posting: Map<number, { letter: string; suggested: boolean }> };

/** A letter for each pair of line and movements: "A" here is "A" there. Lines of one match share theirs. */
export function lettered(lines: Line[]): Letters {
  const out: Letters = { line: new Map(), posting: new Map() };
  const byMatch = new Map<string, string>();
  let n = 0;
  for (const line of lines) {
    const movements = line.match ? line.movements : (line.candidates[0]?.movements ?? []);
    if (movements.length === 0 || (!line.match && line.state !== "suggested")) continue;
    const mark = (line.match && byMatch.get(line.match.id)) ?? letter(n++);
    if (line.match) byMatch.set(line.match.id, mark);
    out.line.set(line.id, mark);
    for (const m of movements)
      if (!out.posting.has(m.posting) || line.match) out.posting.set(m.posting, { letter: mark, suggested: !line.match });
  }
  return out;
}

/** Suggestions of which there is one for the line, and whose movements no other line asks for. */
export function sure(lines: Line[]): Line[] {
  const asked = new Map<number, number>();
  for (const line of lines)
    if (line.state === "suggested")
      for (const posting of new Set(line.candidates.flatMap((c) => c.movements.map((m) => m.posting))))
        asked.set(posting, (asked.get(posting) ?? 0) + 1);
  return lines.filter(
    (line) =>
      line.state === "suggested" &&
      line.may.includes("match.make") &&
      line.candidates.length === 1 &&
      line.candidates[0]!.movements.every((m) => asked.get(m.posting) === 1),
  );
}

/** What is left to do first, oldest first; then what is done, newest first. */
export function todoFirst(a: Line, b: Line): number {
  const done = (l: Line) => l.state === "matched" || l.state === "suspense";
  if (done(a) !== done(b)) return done(a) ? 1 : -1;
  return done(a) ? b.value_on.localeCompare(a.value_on) : a.value_on.localeCompare(b.value_on);
}

/** Of what was chosen, the lines that can still be matched; one that is not on this page stays as it was. */
export function standing(chosen: ReadonlyMap<string, Line>, lines: Line[]): ReadonlyMap<string, Line> {
  const now = new Map(lines.map((l) => [l.id, l]));
  return new Map([...chosen].filter(([id]) => now.get(id)?.may.includes("match.make") ?? true));
}

export type Left = { count: number; sum: string };

/**
 * What makes up bank less books, in the proof's currency: lines of the bank, of the statement with this ref or of all,
 * that nobody has matched, those that were set aside with a note, and movements of the books (to be taken off) that the
 * bank has not answered.
 */
export function remaining(
  proof: Schemas["Proof"] | undefined,
  open: Movement[],
  statement?: string,
): Record<"lines" | "aside" | "books", Left> {
  const currency = proof?.statement_balance.currency ?? "USD";
  const of = (list: { amount: Schemas["Money"] }[]): Left => ({
    count: list.length,
    sum: total(
      list.map((x) => x.amount.amount),
      currency,
    ),
  });
  const items = (proof?.not_booked.items ?? []).filter((i) => statement === undefined || i.statement === statement);
  return {
    lines: of(items.filter((i) => !shows.aside.includes(i.state))),
    aside: of(items.filter((i) => shows.aside.includes(i.state))),
    books: of(open.filter((m) => m.amount.currency === currency)),
  };
}
