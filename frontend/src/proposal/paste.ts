import { minor, parseAmount } from "../money/money";

/** What a spreadsheet's rows say: who asks how much. What could not be read names its cell. */
export type Pasted = {
  rows: { organisation: string; amount: string }[];
  faults: { row: number; cell: string; organisation?: string; what: "no-organisation" | "no-amount" }[];
};

type Known = { id: string; code: string; name: string; short_name?: string; aliases?: { text: string }[] };

/**
 * Reads what was copied from a spreadsheet (cells parted by tabs): an organisation and its amount a row, or
 * organisations across with their amounts below. A heading and a line of totals, whose row names no organisation
 * and repeats the sum, are left out. Amounts are read as the language writes them; nothing is rounded.
 */
export function readPaste(text: string, organisations: Known[], language: string, decimals = 2): Pasted {
  const by = new Map<string, Known>();
  for (const o of organisations)
    for (const word of [o.name, o.short_name, o.code, ...(o.aliases ?? []).map((a) => a.text)])
      if (word) by.set(word.trim().toLocaleLowerCase(), o);
  const find = (cell: string | undefined) => by.get((cell ?? "").trim().toLocaleLowerCase());
  let grid = text
    .replace(/\r\n?/g, "\n")
    .replace(/\n+$/, "")
    .split("\n")
    .map((line) => line.split("\t").map((c) => c.trim()))
    .filter((cells) => cells.some((c) => c !== ""));
  // Organisations across: turned, so that each has its row.
  if (grid.length > 1 && (grid[0] ?? []).filter((c) => find(c)).length > 1)
    grid = (grid[0] ?? []).map((_, column) => grid.map((cells) => cells[column] ?? "")).filter((cells) => cells.some((c) => c !== ""));
  const out: Pasted = { rows: [], faults: [] };
  grid.forEach((cells, i) => {
    const at = cells.findIndex((c) => find(c));
    const organisation = find(cells[at]);
    const others = cells.filter((c, j) => j !== at && c !== "");
    const amounts = others.map((c) => parseAmount(stripCurrency(c), language, decimals).amount).filter((a) => a !== undefined);
    const amount = amounts.at(-1);
    if (!organisation) {
      const total = out.rows.reduce((sum, r) => sum + minor(r.amount, decimals), 0n);
      const heading = i === 0 && amount === undefined;
      const sums = amount !== undefined && out.rows.length > 0 && minor(amount, decimals) === total;
      if (!heading && !sums) out.faults.push({ row: i + 1, cell: cells.find((c) => c !== "") ?? "", what: "no-organisation" });
    } else if (amount === undefined)
      out.faults.push({ row: i + 1, cell: others.at(-1) ?? "", organisation: organisation.code, what: "no-amount" });
    else out.rows.push({ organisation: organisation.id, amount });
  });
  return out;
}

const stripCurrency = (cell: string) => cell.replace(/^(US\$|\$|USD)\s*|\s*(USD|\$)$/gi, "");

/** Whether a text copied is more than one cell. */
export const isGrid = (text: string) => /\t|\n./.test(text.trim());
