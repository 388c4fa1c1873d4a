import { expect, it } from "vitest";
import { ceilingOf } from "./ceiling";
import { readPaste } from "./paste";
import { contentOfFrozen, type Lacks, type Proposal, placeOfFault, statesOf, taskOf } from "./proposal";

const known = [
  { id: "u", code: "UNICEF", name: "United Nations Children’s Fund" },
  { id: "i", code: "IOM", name: "International Organization for Migration" },
];

it.each([
  [
    "rows",
    "UNICEF\t1,250.50\nIOM\t100",
    "en",
    [
      ["u", "1250.50"],
      ["i", "100.00"],
    ],
  ],
  [
    "with a heading and a total",
    "Organisation\tAmount\nunicef\t1.250,5\r\nIOM\t100\r\nTotal\t1.350,50\r\n",
    "es",
    [
      ["u", "1250.50"],
      ["i", "100.00"],
    ],
  ],
  [
    "across",
    "\tUNICEF\tIOM\nAmount\t10\t20.5",
    "en",
    [
      ["u", "10.00"],
      ["i", "20.50"],
    ],
  ],
  ["by name, with a currency", "International Organization for Migration\tUSD 7", "en", [["i", "7.00"]]],
  ["in Arabic digits", "IOM\t١٬٢٥٠٫٥", "ar", [["i", "1250.50"]]],
  ["the last of several amounts", "IOM\t5\t10\t15", "en", [["i", "15.00"]]],
])("a paste is read: %s", (_, text, language, rows) => {
  const read = readPaste(text, known, language);
  expect(read.rows.map((r) => [r.organisation, r.amount])).toEqual(rows);
  expect(read.faults).toEqual([]);
});

it("what cannot be read names its cell, is left out, and nothing is rounded", () => {
  const read = readPaste("UNICEF\t18 5OO\nNASA\t10\nIOM\t1.005,999\nTotal\t77", known, "es");
  expect(read.rows).toEqual([]);
  expect(read.faults).toEqual([
    { row: 1, cell: "18 5OO", organisation: "UNICEF", what: "no-amount" },
    { row: 2, cell: "NASA", what: "no-organisation" },
    { row: 3, cell: "1.005,999", organisation: "IOM", what: "no-amount" },
    { row: 4, cell: "Total", what: "no-organisation" },
  ]);
});

const fault = (field: string | undefined, code = "required") => ({ code, title: "", field });
const draft = { state: null, endorsed: false, endorsement: null } as unknown as Proposal;

it("a section stands as the server says, and nothing may be handed in while anything is missing", () => {
  const lacks = {
    lacks: [fault("/summary")],
    sections: [
      { section: "basics", missing: 1, begun: true },
      { section: "scope", missing: 2, begun: false },
      { section: "money", missing: 0, begun: true },
    ],
  } as Lacks;
  expect(statesOf(draft, lacks)).toEqual({
    basics: "in-progress",
    scope: "not-started",
    money: "done",
    attachments: "not-started",
    endorsement: "cannot-start",
    check: "cannot-start",
  });
  const none = { lacks: [], sections: [] };
  const named = { ...draft, state: { id: "s", code: "QM", name: "Q" }, endorsement: { of_this_content: false } } as unknown as Proposal;
  expect(statesOf(named, none).endorsement).toBe("in-progress");
  expect(statesOf({ ...named, endorsed: true } as Proposal, none).check).toBe("not-started");
  const files = (...states: string[]) =>
    statesOf(
      draft,
      lacks,
      states.map((state) => ({ state })),
    ).attachments;
  expect([files("arrived"), files("arrived", "arriving")]).toEqual(["done", "in-progress"]);
});

it("what is missing leads to its field; an endorsement to its task, a closed call to none", () => {
  expect(placeOfFault("p", { ...fault("/shares/0/amount"), section: "money" })).toBe("/proposals/p/money?check#shares-0-amount");
  expect(placeOfFault("p", fault("/state", "not-endorsed"))).toBe("/proposals/p/endorsement?check");
  expect(taskOf(fault(undefined, "call-closed"))).toBe("check");
});

it("the lowest ceiling counts, exactly", () => {
  const usd = (amount: string | null) => amount && { amount, currency: "USD" };
  const of = (call: string | null, rules: string, draft?: Parameters<typeof ceilingOf>[2]) =>
    ceilingOf(
      { ceiling: usd(call), area_ceilings: { "area-1": usd("4.00") }, state_ceiling: usd("3.00") } as unknown as Parameters<
        typeof ceilingOf
      >[0],
      { maximum_amount: usd(rules) } as Parameters<typeof ceilingOf>[1],
      draft,
    );
  expect(of("90071992547409.93", "90071992547409.92")).toEqual({ amount: "90071992547409.92", of: "charter" });
  expect(of("5.00", "6.00")).toEqual({ amount: "5.00", of: "call" });
  expect(of(null, "5.00")).toEqual({ amount: "5.00", of: "charter" });
  expect(of(null, "5.00", { area: "area-2", state: null, other_states: [] })).toEqual({ amount: "5.00", of: "charter" });
  expect(of(null, "5.00", { area: "area-1", state: null, other_states: [] })).toEqual({ amount: "4.00", of: "area" });
  expect(of(null, "5.00", { area: "area-1", state: "qm", other_states: [] })).toEqual({ amount: "3.00", of: "state" });
  expect(of(null, "5.00", { area: "", state: null, other_states: ["qn"] })).toEqual({ amount: "3.00", of: "state" });
});

it("a frozen version is read as a draft", () => {
  const frozen = { title: "t", summary: "", language: "en", state: "", area: "", objectives: [], markers: {}, currency: "USD" };
  const c = contentOfFrozen({
    ...frozen,
    shares: [
      { organisation: "", amount: "" },
      { organisation: "u", amount: "1.00" },
    ],
  });
  expect(c.state).toBeNull();
  expect(c.shares).toEqual([
    { organisation: null, amount: null },
    { organisation: "u", amount: { amount: "1.00", currency: "USD" } },
  ]);
});
