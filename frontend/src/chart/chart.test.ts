import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { bars } from "./bars";
import { type Land, map } from "./map";
import { sankey } from "./sankey";
import { seats } from "./seats";
import { steps } from "./steps";
import { type Frame, ticks } from "./svg";

const frame = (dir: "ltr" | "rtl"): Frame => ({ title: "Flow <of> the fund", description: "…", dir, width: 800, amount: (v) => `=${v}` });
const parse = (text: string) => new DOMParser().parseFromString(text, "image/svg+xml");
const numbers = (doc: Document, selector: string, name: string) =>
  [...doc.querySelectorAll(selector)].map((e) => Number(e.getAttribute(name)));

const nodes = [
  { id: "qm", label: "Norway & co", value: "9007199254740993.15", kind: "from" as const },
  { id: "fund", label: "Fund", value: "9007199254740993.16", kind: "fund" as const },
  { id: "iom", label: "IOM", value: "1.00", kind: "to" as const },
  { id: "none", label: "Nobody", value: "0.00", kind: "to" as const },
];
const links = [
  { source: "qm", target: "fund", value: "9007199254740993.15" },
  { source: "fund", target: "iom", value: "1.00" },
  { source: "fund", target: "none", value: "0.00" },
];

it("labels are exact, escaped and isolated; flows of zero are left to the table", () => {
  const text = sankey(frame("ltr"), nodes, links);
  expect(text).toContain("=9007199254740993.15");
  expect(text).toContain("\u2068Norway &#38; co\u2069");
  expect(text).toContain("Flow &#60;of&#62; the fund");
  expect(text).not.toContain("Nobody");
  expect(text).not.toContain("style=");
  expect(parse(text).querySelectorAll("path.flow")).toHaveLength(2);
});

it("Arabic is the mirror image, to the pixel", () => {
  const ltr = parse(sankey(frame("ltr"), nodes, links));
  const rtl = parse(sankey(frame("rtl"), nodes, links));
  expect(numbers(rtl, "text", "x")).toEqual(numbers(ltr, "text", "x").map((x) => Math.round((800 - x) * 10) / 10));
  const turned = [...ltr.querySelectorAll("text")].map((t) => (t.getAttribute("text-anchor") === "end" ? "start" : "end"));
  expect([...rtl.querySelectorAll("text")].map((t) => t.getAttribute("text-anchor"))).toEqual(turned);
});

it("ticks are round", () => {
  expect(ticks(25)).toEqual([0, 10, 20, 30]);
  expect(ticks(41_000_000)).toEqual([0, 20_000_000, 40_000_000, 60_000_000]);
  expect(ticks(1)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(ticks(0)).toEqual([0, 1]);
});

it("sums hold until the next step, and labels keep their distance", () => {
  const point = (day: string, value: string) => ({ day, value });
  const doc = parse(
    steps(
      frame("ltr"),
      [
        { label: "Contributions", kind: "in", points: [point("2024-01-01", "10.00"), point("2024-07-01", "30.00")] },
        { label: "Transfers", kind: "out", points: [point("2024-03-01", "5.00"), point("2024-09-01", "29.00")] },
      ],
      "2025-01-01",
    ),
  );
  expect(doc.querySelector(".line.in")?.getAttribute("d")).toMatch(/^M[\d.]+,[\d.]+H[\d.]+V[\d.]+H[\d.]+$/);
  const [a, b] = numbers(doc, ".name", "y");
  expect(Math.abs(a! - b!)).toBeGreaterThanOrEqual(16);
});

it("a seat's terms follow each other, and today is marked inside them only", () => {
  const rows = [
    {
      name: "Donors 1",
      kind: 1 as const,
      terms: [
        { holder: "Norway", from: "2024-01-01", until: "2026-01-01" },
        { holder: "Germany", from: "2026-01-01", until: "2028-01-01" },
      ],
    },
  ];
  const doc = parse(seats(frame("rtl"), rows, "2026-11-21"));
  const [first, second] = numbers(doc, "rect", "x");
  expect(first).toBeGreaterThan(second!);
  expect(doc.querySelectorAll(".today")).toHaveLength(1);
  const short = [{ ...rows[0]!, terms: [...rows[0]!.terms, { ...rows[0]!.terms[0]!, until: rows[0]!.terms[0]!.from }] }, ...rows.slice(1)];
  for (const bar of parse(seats(frame("ltr"), short, "2026-11-21")).querySelectorAll("rect"))
    expect(Number(bar.getAttribute("width"))).toBeGreaterThan(0); // a term of a day
  expect(parse(seats(frame("ltr"), rows, "2030-01-01")).querySelectorAll(".today")).toHaveLength(0);
});

it("the map draws land and no boundary, and keeps Tuvalu on it", () => {
  const land = JSON.parse(readFileSync("node_modules/world-atlas/land-110m.json", "utf8")) as Land;
  const doc = parse(map(frame("rtl"), land, [{ name: "Tuvalu", longitude: 179.2, latitude: -8.5, value: "5.00" }]));
  expect(doc.querySelectorAll("path")).toHaveLength(1);
  expect(numbers(doc, "circle", "cx")[0]).toBeGreaterThan(700);
});

it("where there is no room to the sides the flow is bars below each other: exact, whole, mirrored in Arabic", () => {
  const ltr = parse(bars({ ...frame("ltr"), width: 300 }, nodes));
  expect([...ltr.querySelectorAll(".sum")].map((e) => e.textContent)).toEqual([
    "\u2068=9007199254740993.15\u2069",
    "\u2068=9007199254740993.16\u2069",
    "\u2068=1.00\u2069",
  ]);
  const rtl = parse(bars({ ...frame("rtl"), width: 300 }, nodes));
  expect(numbers(rtl, ".name", "x")).toEqual(numbers(ltr, ".name", "x").map((x) => 300 - x));
  expect(Math.min(...numbers(ltr, "rect", "width"))).toBeGreaterThan(0);
  expect(ltr.documentElement.outerHTML).not.toContain("Nobody");
});
