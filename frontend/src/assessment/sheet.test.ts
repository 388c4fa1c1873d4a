import { expect, it } from "vitest";
import type { Rules } from "../decision/data";
import { answered, bodyOf, sheetOf, whole } from "./sheet";

const rules = { scoring: { criteria: [{ key: "a" }, { key: "b" }, { key: "c" }] } } as unknown as Rules;

it("sends the version that was read, steps as numbers, what cannot be judged with its reason, and nothing for what is open", () => {
  const sheet = sheetOf(rules);
  sheet.lines.a = { points: "4", reason: "left over from before" };
  sheet.lines.b = { points: "na", reason: "No budget was attached." };
  expect(answered(sheet)).toBe(2);
  expect(bodyOf({ ...sheet, comment: "Good." }, 2)).toEqual({
    version: 2,
    points: { a: { points: 4, reason: "" }, b: { points: null, reason: "No budget was attached." } },
    comment: "Good.",
  });
});

it("begins from what was sent before", () => {
  const given = { points: { a: { points: 2, reason: "" }, b: { points: null, reason: "why" } }, comment: "x" };
  expect(sheetOf(rules, given as never)).toEqual({
    lines: { a: { points: "2", reason: "" }, b: { points: "na", reason: "why" }, c: { points: "", reason: "" } },
    comment: "x",
  });
});

it("shows a total without the zeros at its end, and no other", () => {
  expect([whole("50.0000"), whole("66.6667"), whole("100"), whole("0.0000"), whole("62.5000")]).toEqual([
    "50",
    "66.6667",
    "100",
    "0",
    "62.5",
  ]);
});
