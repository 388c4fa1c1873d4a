import { expect, test } from "vitest";
import { parseAmount } from "../money/money";
import type { Place } from "./budget";
import { grid } from "./budget";
import { asTable, asText, type Taken, within } from "./range";

const place = (organisation: string, line: string): Place => ({ organisation, line, year: 1 });
const rows: Taken[][] = [
  [{ amount: "1250000.05" }, { amount: "" }],
  [{ text: 'n/a, "later"\tor never' }, { amount: "99999999999999999.99" }],
];

test("a range has its lines and organisations in the sheet's order, whichever way it was drawn", () => {
  const [lines, who] = [
    ["staff", "travel", "grants"],
    ["a", "b", "c"],
  ];
  for (const range of [
    { from: place("c", "staff"), to: place("b", "travel") },
    { from: place("b", "travel"), to: place("c", "staff") },
  ])
    expect(within(range, lines, who)).toEqual({ lines: ["staff", "travel"], organisations: ["b", "c"] });
  expect(within({ from: place("gone", "staff"), to: place("b", "staff") }, lines, who).organisations).toEqual([]);
});

test("what is copied and pasted back is the same to the cent, in every language", () => {
  for (const language of ["en", "fr", "es", "ar", "ru", "zh"]) {
    const back = grid(asText(rows, language));
    expect(back.map((r) => r.length)).toEqual([2, 2]);
    expect(parseAmount(back[0]![0]!, language).amount).toBe("1250000.05");
    expect(parseAmount(back[1]![1]!, language).amount).toBe("99999999999999999.99");
    expect(back[1]![0]).toBe('n/a, "later"\tor never');
    expect(back[0]![1]).toBe("");
  }
  expect(asText(rows, "fr").split("\t")[0]).toBe("1250000,05");
  expect(asText(rows, "ar").split("\t")[0]).toBe("1250000.05"); // a spreadsheet reads these digits whatever it speaks
});

test("the table carries the number itself, and nothing of it is read as markup", () => {
  const html = asTable([[{ amount: "1250000.05" }, { text: '<b>&"' }]], "es");
  expect(html).toContain('x:num="1250000.05"');
  expect(html).toContain('sdval="1250000.05"');
  expect(html).toContain("{&quot;1&quot;:3,&quot;3&quot;:1250000.05}");
  expect(html).toContain(">1250000,05<");
  expect(html).toContain("<td>&lt;b&gt;&amp;&quot;</td>");
});
