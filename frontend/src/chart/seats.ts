import { along, begin, days, type Frame, fitted, isolate, px, svg } from "./svg";

export type Term = { holder: string; from: string; until: string };
export type Seat = { name: string; kind: 1 | 2 | 3 | 4 | 5; terms: Term[] };

/** Who holds each seat and when, a row a seat; a line marks today. */
export function seats(frame: Omit<Frame, "amount">, rows: Seat[], today: string): string {
  const all = rows.flatMap((r) => r.terms);
  if (all.length === 0) return svg({ ...frame, amount: String }, 40, "");
  const longest = Math.max(...rows.map((r) => (/[\u3000-\u9fff]/u.test(r.name) ? r.name.length * 1.7 : r.name.length)));
  const side = frame.width < 600 ? 96 : Math.min(frame.width * 0.34, Math.max(110, longest * 7.4 + 14));
  const first = Math.min(...all.map((t) => days(t.from)));
  const final = Math.max(...all.map((t) => days(t.until)));
  // A long name gives way, never the seat's number behind it.
  const label = (name: string) => {
    const number = /\s\d+$/.exec(name)?.[0] ?? "";
    return fitted(name.slice(0, name.length - number.length), side - 10 - number.length * 8) + number;
  };
  const x = along(frame);
  const raw = (day: number) => side + ((day - first) / Math.max(1, final - first)) * (frame.width - side - 4);
  const height = 28 + rows.length * 30 + 4;
  const inside: string[] = [];
  for (let year = new Date(first * 86_400_000).getUTCFullYear(); days(`${year}-01-01`) < final; year++) {
    const at = Math.max(days(`${year}-01-01`), first);
    inside.push(
      `<path class="grid" d="M${px(x(raw(at)))},22V${height}"/><text class="tick" x="${px(x(raw(at)))}" y="14" text-anchor="${begin(frame.dir)}">${year}</text>`,
    );
  }
  rows.forEach((row, i) => {
    const y = 28 + i * 30;
    inside.push(`<text class="name" x="${px(x(0))}" y="${y + 16}" text-anchor="${begin(frame.dir)}">${isolate(label(row.name))}</text>`);
    for (const term of row.terms) {
      const a = x(raw(days(term.from)));
      const b = x(raw(days(term.until)));
      const width = Math.max(1, Math.abs(b - a) - 2); // a term of a day is seen too
      const holder = fitted(term.holder, width - 14);
      inside.push(
        `<rect class="term k${row.kind}" x="${px(Math.min(a, b) + 1)}" y="${y}" width="${px(width)}" height="24" rx="3"/><text class="holder" x="${px(a + (frame.dir === "rtl" ? -8 : 8))}" y="${y + 16}" text-anchor="${begin(frame.dir)}">${isolate(holder)}</text>`,
      );
    }
  });
  const now = days(today);
  if (now >= first && now <= final) inside.push(`<path class="today" d="M${px(x(raw(now)))},20V${height}"/>`);
  return svg({ ...frame, amount: String }, height, inside.join(""));
}
