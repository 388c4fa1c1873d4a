import { expect, test } from "vitest";
import { stands } from "./Footnotes";

test("a note stands where its name is a word of its own", () => {
  const note = { names: ["Niger", "Нигер", "尼日尔", "A.B."] };
  for (const [text, want] of [
    ["Transfers to Niger, 2026", true],
    ["(Niger)", true],
    ["Nigeria", false],
    ["Nigeria and Niger", true],
    ["Нигерия", false],
    ["向尼日尔转账", true],
    ["AxB.", false],
  ] as const)
    expect(stands(note)(text), text).toBe(want);
});
