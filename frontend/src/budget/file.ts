import { Refused } from "../api/problem";
import { upload } from "../api/upload";
import type { PastedBlock } from "./budget";

/** What a file said, as the server read it. */
type SheetRead = {
  cells: { organisation: string; line: string; year: number; amount: { amount: string } }[];
  refused: { organisation: string | null; line: string; year: number; shown: string; detail: string }[];
};

/** The block that stands in a spreadsheet's file, or why there is none; what it has no words for it throws. */
export async function readFile(proposal: string, file: File): Promise<PastedBlock | string> {
  const sent = new File([file], file.name, { type: "application/octet-stream" });
  try {
    const got = await upload<SheetRead>(`/proposals/${proposal}/budget-sheet`, sent, () => {}, new AbortController().signal);
    return {
      changes: got.cells.map((c) => ({ organisation: c.organisation, line: c.line, year: c.year, amount: c.amount.amount })),
      unread: got.refused.flatMap((r) =>
        r.organisation && r.year > 0 ? [{ organisation: r.organisation, line: r.line, year: r.year, typed: r.shown }] : [],
      ),
      strange: got.refused.flatMap((r) => (r.organisation && r.year > 0 ? [] : [r.detail])),
    };
  } catch (e) {
    if (e instanceof Refused) return `${e.problem.title} ${e.problem.detail ?? ""}`;
    throw e;
  }
}
