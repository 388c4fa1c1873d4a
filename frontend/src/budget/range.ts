import { marks } from "../money/money";
import type { Place } from "./budget";

/** The mark that language writes before decimals. */
const decimalMark = (language: string) => (marks[language] ?? marks.en!).decimal[0]!;

/** Cells of one year's sheet, from the one where the choice began to the one where it is now. */
export type Range = { from: Place; to: Place };

/** The lines and organisations of a range, in the sheet's order whichever way it was drawn. */
export function within(range: Range, lines: string[], organisations: string[]) {
  const between = (all: string[], a: string, b: string) => {
    const [i, j] = [all.indexOf(a), all.indexOf(b)];
    return i < 0 || j < 0 ? [] : all.slice(Math.min(i, j), Math.max(i, j) + 1);
  };
  return {
    lines: between(lines, range.from.line, range.to.line),
    organisations: between(organisations, range.from.organisation, range.to.organisation),
  };
}

/** One cell as it goes out: an exact amount, what is no amount as it was written, or nothing. */
export type Taken = { amount: string } | { text: string };

const isAmount = (c: Taken): c is { amount: string } => "amount" in c && c.amount !== "";
const shown = (c: Taken) => ("amount" in c ? c.amount : c.text);
const quoted = (text: string) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

/**
 * Cells as text for a spreadsheet that speaks the reader's language: its decimal mark, no mark between thousands,
 * Latin digits. Pasted back here it gives the same cents.
 */
export const asText = (rows: Taken[][], language: string) =>
  rows.map((r) => r.map((c) => (isAmount(c) ? c.amount.replace(".", decimalMark(language)) : quoted(shown(c)))).join("\t")).join("\n");

/**
 * The same as a table that carries each number beside what is shown of it, as Excel (x:num), LibreOffice (sdval) and
 * Google Sheets write it: whatever language the spreadsheet speaks, the amount is the amount.
 */
export function asTable(rows: Taken[][], language: string) {
  const cell = (c: Taken) => {
    if (!isAmount(c)) return `<td>${escaped(shown(c))}</td>`;
    const sheets = escaped(`{"1":3,"3":${c.amount}}`);
    return `<td x:num="${c.amount}" sdval="${c.amount}" sdnum="1033;" data-sheets-value="${sheets}">${c.amount.replace(".", decimalMark(language))}</td>`;
  };
  const head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8">';
  return `${head}<table>${rows.map((r) => `<tr>${r.map(cell).join("")}</tr>`).join("")}</table></html>`;
}

/** Puts both on the clipboard of a copy that is under way. */
export function copyTo(data: DataTransfer, rows: Taken[][], language: string) {
  data.setData("text/plain", asText(rows, language));
  data.setData("text/html", asTable(rows, language));
}
