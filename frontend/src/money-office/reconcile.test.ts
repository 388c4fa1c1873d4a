import { expect, it } from "vitest";
import { type Line, lettered, type Movement, remaining, standing, sure, todoFirst } from "./reconcile";

const usd = (amount: string) => ({ amount, currency: "USD" });
const movement = (posting: number) => ({
  posting,
  voucher: `v${posting}`,
  number: posting,
  kind: "transfer",
  amount: usd("1.00"),
  booked_on: "2026-10-01",
  value_on: "2026-10-01",
  memo: "",
  references: [],
});
const line = (id: string, state: Line["state"], candidates: number[][] = [], more: Partial<Line> = {}): Line =>
  ({
    id,
    state,
    amount: usd("1.00"),
    value_on: "2026-10-01",
    may: state === "matched" ? ["match.undo"] : ["match.make"],
    movements: [],
    candidates: candidates.map((c) => ({ rule: "amount-date", reason: "Same amount.", movements: c.map(movement) })),
    ...more,
  }) as unknown as Line;

it("accepts at once only what has one counterpart that nobody else asks for", () => {
  const lines = [
    line("one", "suggested", [[1]]),
    line("two of two", "suggested", [[2], [3]]),
    line("rival", "suggested", [[4]]),
    line("rival too", "suggested", [[4], [5]]),
    line("deposit less fee", "suggested", [[6, 7]]),
    line("not mine to do", "suggested", [[8]], { may: [] }),
    line("done", "matched"),
  ];
  expect(sure(lines).map((l) => l.id)).toEqual(["one", "deposit less fee"]);
});

it("letters pair a line with its movements, and lines of one match share one", () => {
  const match = { id: "m", rule: "by-hand", confidence: "by-hand", reason: "", lines: [], postings: [9], at: "" } as unknown as NonNullable<
    Line["match"]
  >;
  const letters = lettered([
    line("a", "suggested", [[1]]),
    line("b", "unmatched"),
    line("c", "matched", [], { match, movements: [movement(9)] as Line["movements"] }),
    line("d", "matched", [], { match, movements: [movement(9)] as Line["movements"] }),
  ]);
  expect(Object.fromEntries(letters.line)).toEqual({ a: "A", c: "B", d: "B" });
  expect(letters.posting.get(1)).toEqual({ letter: "A", suggested: true });
  expect(letters.posting.get(9)).toEqual({ letter: "B", suggested: false });
});

it("what is left to do stands first, the oldest of it before all", () => {
  const at = (id: string, state: Line["state"], value_on: string) => line(id, state, [], { value_on });
  const lines = [
    at("old", "matched", "2026-01-01"),
    at("new", "matched", "2026-03-01"),
    at("b", "unmatched", "2026-02-02"),
    at("a", "on-hold", "2026-02-01"),
  ];
  expect(lines.sort(todoFirst).map((l) => l.id)).toEqual(["a", "b", "new", "old"]);
});

it("keeps chosen what can still be matched, and what stands on another page", () => {
  const [a, b, c] = [line("a", "unmatched"), line("b", "unmatched"), line("c", "unmatched")];
  const chosen = new Map([a, b, c].map((l) => [l.id, l]));
  expect([...standing(chosen, [a, line("b", "matched")]).keys()]).toEqual(["a", "c"]);
});

it("what is left on both sides is bank less books, and matching takes it down", () => {
  const item = (amount: string, state: string, statement = "S-1") => ({ amount: { amount, currency: "USD" }, state, statement });
  const proof = (items: unknown[]) => ({ statement_balance: { amount: "0.00", currency: "USD" }, not_booked: { items } }) as never;
  const moved = (amount: string, currency = "USD") => ({ amount: { amount, currency } }) as Movement;
  const items = [item("-385000.00", "suggested"), item("25000.10", "unmatched", "S-2"), item("-35.00", "on-hold")];
  expect(remaining(proof(items), [moved("-385000.00"), moved("9.00", "EUR")])).toEqual({
    lines: { count: 2, sum: "-359999.90" },
    aside: { count: 1, sum: "-35.00" },
    books: { count: 1, sum: "-385000.00" },
  });
  expect(remaining(proof(items), [], "S-2").lines).toEqual({ count: 1, sum: "25000.10" });
  expect(remaining(undefined, []).lines).toEqual({ count: 0, sum: "0.00" });
});
