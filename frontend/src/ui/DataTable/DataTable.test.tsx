import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { ChoiceTable } from "./ChoiceTable";
import { type Column, DataTable } from "./DataTable";

type Line = { id: string; name: string; amount: string };
const lines: Line[] = [
  { id: "1", name: "Norway", amount: "4183500.00" },
  { id: "2", name: "Germany", amount: "9007199254740993.01" },
  { id: "3", name: "Kenya", amount: "-35.00" },
  { id: "4", name: "Denmark", amount: "9007199254740993.02" },
];
const columns: Column<Line>[] = [
  { key: "name", head: "Name", cell: (l) => l.name, by: (l) => l.name, heads: true },
  { key: "amount", head: "Amount", cell: (l) => l.amount, by: (l) => l.amount, kind: "amount" },
];
const names = () => screen.getAllByRole("rowheader").map((h) => h.textContent);

it("sorts by words and by exact amounts, and says so", () => {
  render(<DataTable caption="Lines" columns={columns} rows={lines} id={(l) => l.id} />);
  expect(names()).toEqual(["Norway", "Germany", "Kenya", "Denmark"]);
  fireEvent.click(screen.getByRole("button", { name: "Amount" }));
  expect(names()).toEqual(["Kenya", "Norway", "Germany", "Denmark"]);
  expect(screen.getByRole("columnheader", { name: "Amount" }).getAttribute("aria-sort")).toBe("ascending");
  fireEvent.click(screen.getByRole("button", { name: "Amount" }));
  expect(names()).toEqual(["Denmark", "Germany", "Norway", "Kenya"]);
  expect(screen.getByRole("table", { name: "Lines" })).toBeTruthy();
});

it("says what to do where there is nothing", () => {
  render(<DataTable caption="Lines" columns={columns} rows={[]} id={(l) => l.id} empty="Import a statement first." />);
  expect(screen.getByText("Import a statement first.")).toBeTruthy();
});

it("chooses rows, never those that are shut", () => {
  function Choosing() {
    const [chosen, setChosen] = useState(new Set<string>());
    return (
      <>
        <ChoiceTable
          label="Lines"
          columns={columns}
          rows={lines}
          id={(l) => l.id}
          chosen={chosen}
          onChoose={setChosen}
          shut={(l) => l.id === "1"}
        />
        <output>{[...chosen].sort().join(" ")}</output>
      </>
    );
  }
  render(<Choosing />);
  const boxes = screen.getAllByRole("checkbox");
  fireEvent.click(boxes[0]!);
  expect(screen.getByRole("status").textContent).toBe("2 3 4");
  fireEvent.click(boxes[2]!);
  expect(screen.getByRole("status").textContent).toBe("3 4");
});
