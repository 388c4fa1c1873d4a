import type { components } from "../api/schema";
import type { Rules } from "../decision/data";

export type Scores = components["schemas"]["Scores"];
export type Given = Scores["scores"][number];

/** What is written of one criterion: a step of the scale, "na" with its reason, or nothing yet. */
export type Line = { points: string; reason: string };
export type Sheet = { lines: Record<string, Line>; comment: string };

export const notApplicable = "na";

/** An empty sheet, or the one that was sent. */
export function sheetOf(rules: Rules, given?: Given): Sheet {
  const lines: Record<string, Line> = {};
  for (const k of rules.scoring.criteria) {
    const was = given?.points[k.key];
    lines[k.key] = was
      ? { points: was.points === null ? notApplicable : String(was.points), reason: was.reason ?? "" }
      : { points: "", reason: "" };
  }
  return { lines, comment: given?.comment ?? "" };
}

/** What is sent, about the submission that is shown: a criterion without a step and without "na" is left out, and the server says so at its field. */
export function bodyOf(sheet: Sheet, version: number) {
  const points: Record<string, { points: number | null; reason: string }> = {};
  for (const [key, line] of Object.entries(sheet.lines)) {
    if (line.points === notApplicable) points[key] = { points: null, reason: line.reason };
    else if (line.points !== "") points[key] = { points: Number(line.points), reason: "" };
  }
  return { version, points, comment: sheet.comment };
}

/** How many criteria have their answer. */
export const answered = (sheet: Sheet) => Object.values(sheet.lines).filter((l) => l.points !== "").length;

/** A number of the server without the zeros at its end: "50.0000" → "50". */
export const whole = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
