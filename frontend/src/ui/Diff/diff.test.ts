import { expect, it } from "vitest";
import { diff } from "./diff";

const whole = (pieces: ReturnType<typeof diff>, but: string) =>
  pieces
    .filter((p) => p.kind !== but)
    .map((p) => p.text)
    .join("");

it("tells what changed, by words", () => {
  expect(diff("in the amount of USD 100 today", "in the amount of USD 250 today")).toEqual([
    { kind: "same", text: "in the amount of USD " },
    { kind: "gone", text: "100 " },
    { kind: "new", text: "250 " },
    { kind: "same", text: "today" },
  ]);
  expect(diff("", "new")).toEqual([{ kind: "new", text: "new" }]);
  expect(diff("same", "same")).toEqual([{ kind: "same", text: "same" }]);
});

it.each([
  ["the quick brown fox jumps", "a brown quick fox leaps", "en"],
  ["批准联合方案二十四个月", "批准联合方案十二个月", "zh"],
  ["توافق اللجنة على البرنامج", "توافق اللجنة التوجيهية على البرنامج", "ar"],
  ["word ".repeat(2500), "other ".repeat(2500), "en"],
])("gives back both texts whole (%#)", (from, to, language) => {
  const pieces = diff(from, to, language);
  expect(whole(pieces, "new")).toBe(from);
  expect(whole(pieces, "gone")).toBe(to);
});
