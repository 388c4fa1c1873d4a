import { along, begin, days, type Frame, finish, isolate, px, roughly, svg, ticks } from "./svg";

/** What had come or gone by a day, in steps: value holds from its day on. Exact, oldest first. */
export type Series = { label: string; kind: "in" | "out"; points: { day: string; value: string }[] };

/** Sums over time as steps, since money moves on days and not between them. */
export function steps(frame: Frame, series: Series[], until: string): string {
  const height = 260;
  const box = { x0: 56, x1: frame.width - 110, y0: 12, y1: height - 28 };
  const all = series.flatMap((s) => s.points);
  if (all.length === 0) return svg(frame, 40, "");
  const first = Math.min(...all.map((p) => days(p.day)));
  const final = Math.max(days(until), first + 1);
  const up = ticks(Math.max(...all.map((p) => roughly(p.value))));
  const top = up.at(-1)!;
  const x = along(frame);
  const xOf = (day: number) => x(box.x0 + ((day - first) / (final - first)) * (box.x1 - box.x0));
  const yOf = (value: number) => box.y1 - (value / top) * (box.y1 - box.y0);
  const millions = top >= 2_000_000;
  const written = frame.tick ?? ((v: number) => frame.amount(String(millions ? v / 1e6 : v)) + (millions && v > 0 ? "M" : ""));
  const grid = up.map(
    (v) =>
      `<path class="grid" d="M${px(x(box.x0))},${px(yOf(v))}H${px(x(box.x1))}"/><text class="tick" x="${px(x(box.x0 - 8))}" y="${px(yOf(v) + 4)}" text-anchor="${finish(frame.dir)}">${isolate(written(v))}</text>`,
  );
  const years: string[] = [];
  const from = new Date(first * 86_400_000).getUTCFullYear();
  const to = new Date(final * 86_400_000).getUTCFullYear();
  const each = Math.ceil((to - from + 1) / Math.max(2, Math.floor((box.x1 - box.x0) / 56)));
  for (let year = from; year <= to; year++) {
    const at = days(`${year}-01-01`);
    if (at >= first && (year - from) % each === 0)
      years.push(`<text class="tick" x="${px(xOf(at))}" y="${height - 8}" text-anchor="${begin(frame.dir)}">${year}</text>`);
  }
  const ends = series.map((s) => yOf(roughly(s.points.at(-1)?.value ?? "0")));
  const order = ends.map((_, i) => i).sort((a, b) => ends[a]! - ends[b]!);
  order.forEach((i, k) => {
    const before = order[k - 1];
    if (before !== undefined) ends[i] = Math.max(ends[i]!, ends[before]! + 16); // labels do not lie on each other
  });
  const lines = series.map((s, i) => {
    let d = "";
    for (const p of s.points)
      d += d === "" ? `M${px(xOf(days(p.day)))},${px(yOf(roughly(p.value)))}` : `H${px(xOf(days(p.day)))}V${px(yOf(roughly(p.value)))}`;
    return `<path class="line ${s.kind}" d="${d}H${px(xOf(final))}"/><text class="name" x="${px(x(box.x1 + 6))}" y="${px(ends[i]! + 4)}" text-anchor="${begin(frame.dir)}">${isolate(s.label)}</text>`;
  });
  return svg(frame, height, grid.join("") + years.join("") + lines.join(""));
}
