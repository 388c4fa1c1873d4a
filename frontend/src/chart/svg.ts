// What the charts share. They are functions from figures to the text of an SVG, without a framework, so that the
// Go pages and the app draw the same. Figures are exact strings; floats are for pixels only.

export type Frame = {
  /** Read aloud in place of the picture. */
  title: string;
  description: string;
  dir: "ltr" | "rtl";
  width: number;
  /** Writes an exact amount in the reader's language. */
  amount: (value: string) => string;
  /** Writes a round number beside an axis, short; without it, amount does. */
  tick?: (value: number) => string;
};

/** Text cut to what fits into so many pixels; the table has it whole. */
export function fitted(text: string, width: number, each = 7.2): string {
  const wide = /[\u3000-\u9fff\uff00-\uffef]/u.test(text) ? each * 1.8 : each; // Chinese is set square
  const most = Math.floor(width / wide);
  if (text.length <= most) return text;
  return most >= 3 ? `${text.slice(0, most - 1).trimEnd()}…` : "";
}

/** An exact amount as so many pixels' worth; never shown and never added up. */
export const roughly = (value: string) => Number.parseFloat(value);

export const escaped = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** Text whose own direction stays its own: isolated by characters, since direction on a tspan moves its anchor. */
export const isolate = (text: string) => escaped(`\u2068${text}\u2069`);

export const px = (n: number) => String(Math.round(n * 10) / 10);

/** Where x lies: from the left, or in Arabic from the right. */
export const along = (frame: Pick<Frame, "dir" | "width">) => (frame.dir === "rtl" ? (x: number) => frame.width - x : (x: number) => x);

/** The anchor of text that begins at x, as the eye goes. */
export const begin = (dir: Frame["dir"]) => (dir === "rtl" ? "end" : "start");
export const finish = (dir: Frame["dir"]) => (dir === "rtl" ? "start" : "end");

let last = 0;

/** The frame round a picture. Direction is fixed: every x is computed. */
export function svg(frame: Frame, height: number, inside: string): string {
  const id = `chart-${++last}`;
  return `<svg class="chart" role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d" viewBox="0 0 ${frame.width} ${px(height)}" direction="ltr"><title id="${id}-t">${escaped(frame.title)}</title><desc id="${id}-d">${escaped(frame.description)}</desc>${inside}</svg>`;
}

/** Round ticks from 0 to at least most: 1, 2, 2.5 or 5 times a power of ten apart, at most n steps. */
export function ticks(most: number, n = 4): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / n;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999_999)!;
  const out: number[] = [];
  for (let i = 0; i <= Math.ceil(most / step - 1e-9); i++) out.push(Math.round(i * step * 1000) / 1000);
  return out;
}

/** A day as a number of days. */
export const days = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
