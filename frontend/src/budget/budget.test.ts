import { expect, test } from "vitest";
import type { Content } from "../proposal/proposal";
import { type BudgetRules, placeKey, put, rated, readBlock, shownShare, sumsOf } from "./budget";
import { merged } from "./merge";

const rules: BudgetRules = {
  lines: ["staff", "travel", "indirect"].map((key) => ({ key, name: { en: key } })) as BudgetRules["lines"],
  indirect_line: "indirect",
  indirect_rate: "0.07",
  rounding: "half-up",
  revision_share: "0.15",
  maximum_months: 36,
};
const empty = { title: "", budget: [], shares: [], markers: {}, answers: {}, objectives: [] } as unknown as Content;
const at = (organisation: string, line: string, amount: string | null, year = 1) => ({ organisation, line, year, amount });
const written = (c: Content) => c.budget.map((x) => `${placeKey(x)} ${x.amount.amount}`).sort();
const USD = "USD";

test("the rate is taken exactly, half up", () => {
  expect(rated(50n, "0.07", "half-up")).toBe(4n); // 3.5 cents
  expect(rated(49n, "0.07", "half-up")).toBe(3n);
  expect(rated(50n, "0.07", "half-even")).toBe(4n);
  expect(rated(150n, "0.07", "half-even")).toBe(10n); // 10.5
  expect(rated(99n, "0.07", "down")).toBe(6n);
});

test("indirect cost follows its base until somebody lowers it, and the shares follow the budget", () => {
  let c = put(empty, [at("o", "staff", "100.07")], rules, USD);
  expect(written(c)).toEqual(["o indirect 1 7.00", "o staff 1 100.07"]);
  expect(c.shares).toEqual([{ organisation: "o", amount: { amount: "107.07", currency: USD } }]);
  c = put(c, [at("o", "indirect", "5.00")], rules, USD);
  c = put(c, [at("o", "travel", "1000.00")], rules, USD);
  expect(written(c)).toContain("o indirect 1 5.00");
  c = put(put(empty, [at("o", "staff", "1.00")], rules, USD), [at("o", "staff", null)], rules, USD);
  expect(c.budget).toEqual([]);
});

test("sums and shares shown", () => {
  const c = put(empty, [at("o", "travel", "100.00"), at("u", "travel", "200.01", 2)], rules, USD);
  const s = sumsOf(c.budget, rules);
  expect([s.total, s.organisation("u"), s.year(1), s.line("travel", 2), s.allowed("u", 2)]).toEqual([
    32101n,
    21401n,
    10700n,
    20001n,
    1400n,
  ]);
  expect(shownShare(1n, 3n)).toBe("33.3");
  expect(shownShare(2n, 3n)).toBe("66.7");
});

const sheet = {
  organisations: [
    { id: "i", names: ["IOM"] },
    { id: "l", names: ["ILO"] },
  ],
  known: [
    { id: "i", names: ["IOM"] },
    { id: "l", names: ["ILO"] },
    { id: "w", names: ["UN Women"] },
  ],
  lines: [
    { id: "staff", names: ["staff", "Staff costs"] },
    { id: "travel", names: ["travel", "السفر"] },
  ],
  sums: ["Total"],
};
const here = { organisation: "i", line: "staff", year: 2 };

test("a block is laid down from its cell, what is no amount in its own", () => {
  const got = readBlock('1,250.5\t"US$ 7"\n18 5OO\t١٢\n', here, sheet, "en");
  expect(got.changes).toEqual([at("i", "staff", "1250.50", 2), at("l", "staff", "7.00", 2), at("l", "travel", "12.00", 2)]);
  expect(got.unread).toEqual([{ organisation: "i", line: "travel", year: 2, typed: "18 5OO" }]);
});

test("names say what goes where, sums are left out, strangers named", () => {
  const got = readBlock("\tUN Women\tIOM\tWHO\tTotal\n1. Staff costs\t5\t6\t1\t11\nالسفر\t\t٢٫٥\nOther\t1\nTotal\t5\t8", here, sheet, "ar");
  expect(got.changes).toEqual([at("w", "staff", "5.00", 2), at("i", "staff", "6.00", 2), at("i", "travel", "2.50", 2)]);
  expect(got.strange).toEqual(["WHO", "Other"]);
});

test("two who write in different cells both stand; in one cell a person chooses", () => {
  const base = put(empty, [at("o", "travel", "100.00")], rules, USD);
  const mine = put(base, [at("o", "travel", "200.00")], rules, USD);
  const theirs = { ...put(base, [at("u", "staff", "50.00", 2)], rules, USD), title: "Theirs" };
  const both = merged(base, mine, theirs)!;
  expect(written(both)).toEqual(["o indirect 1 14.00", "o travel 1 200.00", "u indirect 2 3.50", "u staff 2 50.00"]);
  expect([both.title, both.shares.map((s) => s.amount?.amount)]).toEqual(["Theirs", ["214.00", "53.50"]]);
  expect(merged(base, mine, put(base, [at("o", "travel", "300.00")], rules, USD))).toBeNull();
  expect(merged({ ...base, title: "a" }, { ...base, title: "b" }, { ...base, title: "c" })).toBeNull();
});
