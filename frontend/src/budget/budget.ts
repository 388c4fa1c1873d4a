import { minor, parseAmount } from "../money/money";
import type { Content, Organisation, Rules } from "../proposal/proposal";

export type Cell = Content["budget"][number];
export type Budget = Cell[];
export type BudgetRules = Rules["budget"];

/** Where a cell stands: there is one a place. */
export type Place = { organisation: string; line: string; year: number };
export const placeKey = (p: Place) => `${p.organisation} ${p.line} ${p.year}`;

/** What was typed or pasted and is no amount, by its place: it stays as it was written. */
export type Unread = Record<string, string>;

/** How many years may be budgeted, as the server has it: those that the form's months reach into. */
export function yearsOf(answers: Content["answers"], rules: BudgetRules): number {
  const given = Number(answers.months);
  const months = Number.isInteger(given) && given >= 1 && given <= rules.maximum_months ? given : rules.maximum_months;
  return Math.ceil(months / 12);
}

/** A rate, "0.07", of an amount in cents: half up, or down where the rules say so. */
export function rated(base: bigint, rate: string, rounding: string): bigint {
  const [whole = "0", fraction = ""] = rate.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const product = base * BigInt(whole + fraction);
  const floor = product / scale;
  const rest = (product % scale) * 2n;
  if (rounding === "half-even") return rest > scale || (rest === scale && floor % 2n === 1n) ? floor + 1n : floor;
  return rounding === "down" || rest < scale ? floor : floor + 1n;
}

/** The sums of a budget, in cents. */
export function sumsOf(budget: Budget, rules: BudgetRules) {
  const by = new Map<string, bigint>();
  const add = (key: string, amount: bigint) => by.set(key, (by.get(key) ?? 0n) + amount);
  for (const c of budget) {
    const amount = minor(c.amount.amount);
    add("", amount);
    add(`o ${c.organisation}`, amount);
    add(`l ${c.line}`, amount);
    add(`y ${c.year}`, amount);
    add(`oy ${c.organisation} ${c.year}`, amount);
    add(`ly ${c.line} ${c.year}`, amount);
    add(`ol ${c.organisation} ${c.line}`, amount);
    if (c.line !== rules.indirect_line) add(`base ${c.organisation} ${c.year}`, amount);
  }
  const of = (key: string) => by.get(key) ?? 0n;
  return {
    total: of(""),
    organisation: (o: string, year?: number) => of(year ? `oy ${o} ${year}` : `o ${o}`),
    line: (l: string, year?: number) => of(year ? `ly ${l} ${year}` : `l ${l}`),
    year: (y: number) => of(`y ${y}`),
    both: (o: string, l: string) => of(`ol ${o} ${l}`),
    /** The most that may be asked as indirect cost. */
    allowed: (o: string, year: number) => rated(of(`base ${o} ${year}`), rules.indirect_rate, rules.rounding),
  };
}

/** A part of a whole in per cent with one decimal, half up: made to be shown. */
export function shownShare(part: bigint, whole: bigint): string {
  if (whole === 0n) return "";
  const tenths = (part * 2000n + whole) / (2n * whole);
  return `${tenths / 10n}.${tenths % 10n}`;
}

/** Puts amounts into a draft, or takes them out (null); indirect cost that nobody lowered follows its base. */
export function put(content: Content, changes: (Place & { amount: string | null })[], rules: BudgetRules, currency: string): Content {
  let budget = content.budget;
  const set = ({ amount, ...place }: Place & { amount: string | null }) => {
    const at = budget.findIndex((c) => placeKey(c) === placeKey(place));
    if (amount === null) budget = at < 0 ? budget : budget.filter((_, i) => i !== at);
    else if (at < 0) budget = [...budget, { ...place, amount: { amount, currency } }];
    else budget = budget.map((c, i) => (i === at ? { ...place, amount: { amount, currency } } : c));
  };
  const before = sumsOf(content.budget, rules);
  const given = new Set(changes.map(placeKey));
  for (const change of changes) set(change);
  const after = sumsOf(budget, rules);
  const bases = new Map(changes.filter((c) => c.line !== rules.indirect_line).map((c) => [`${c.organisation} ${c.year}`, c]));
  for (const { organisation, year } of bases.values()) {
    const place = { organisation, line: rules.indirect_line, year };
    const was = content.budget.find((c) => placeKey(c) === placeKey(place));
    const followed = minor(was?.amount.amount ?? "0") === before.allowed(organisation, year);
    if (given.has(placeKey(place)) || !followed) continue;
    const now = after.allowed(organisation, year);
    set({ ...place, amount: now === 0n ? null : cents(now) });
  }
  return shared({ ...content, budget });
}

/** Cents as an exact amount. */
const cents = (n: bigint) => `${n / 100n}.${(n % 100n).toString().padStart(2, "0")}`;

/** With a budget the shares are what it comes to. */
export function shared(content: Content): Content {
  const totals = new Map<string, bigint>();
  for (const c of content.budget) totals.set(c.organisation, (totals.get(c.organisation) ?? 0n) + minor(c.amount.amount));
  const currency = content.budget[0]?.amount.currency ?? "USD";
  const missing = [...totals.keys()].filter((id) => !content.shares.some((s) => s.organisation === id));
  return {
    ...content,
    shares: [...content.shares, ...missing.map((organisation) => ({ organisation, amount: null }))].map((s) => {
      const total = s.organisation ? totals.get(s.organisation) : undefined;
      return { organisation: s.organisation, amount: total === undefined ? null : { amount: cents(total), currency } };
    }),
  };
}

/** Cells of text as they were copied: parted by tabs, with quotes as spreadsheets write them. */
export function grid(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (quoted) {
      if (c === '"' && source[i + 1] === '"') {
        cell += c;
        i++;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t" || c === "\n") {
      rows.at(-1)!.push(cell.trim());
      cell = "";
      if (c === "\n") rows.push([]);
    } else cell += c;
  }
  rows.at(-1)!.push(cell.trim());
  return rows;
}

/** Every way in which an organisation may be written. */
export const allNames = (o: Organisation) => [o.code, o.name, o.short_name, ...o.aliases.map((a) => a.text)].filter(Boolean);

export type Named = { id: string; names: string[] };
export type PastedBlock = {
  changes: (Place & { amount: string | null })[];
  unread: (Place & { typed: string })[];
  /** What names no organisation or line, as it is written. */
  strange: string[];
};

/**
 * Reads a block for the sheet of a year. Where its first row names organisations, and its first column lines, the
 * names say what goes where; else it is laid down from the place where it was pasted. Nothing is rounded; what is no
 * amount goes to its own cell as it is written. Sums beside and below, whose names nobody has, are left out.
 */
export function readBlock(
  text: string,
  at: Place,
  sheet: { organisations: Named[]; known: Named[]; lines: Named[]; sums: string[] },
  language: string,
): PastedBlock {
  const rows = grid(text);
  const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();
  const find = (list: Named[], cell: string | undefined) =>
    cell ? list.find((x) => x.names.some((n) => same(n, cell.replace(/^[\d\u0660-\u0669]+[.)]\s*/, "")) || same(n, cell)))?.id : undefined;
  const out: PastedBlock = { changes: [], unread: [], strange: [] };
  const take = (organisation: string, line: string, cell: string) => {
    const place = { organisation, line, year: at.year };
    if (cell === "") return;
    const amount = parseAmount(plain(cell), language).amount;
    if (amount === undefined || amount.startsWith("-")) out.unread.push({ ...place, typed: cell });
    else out.changes.push({ ...place, amount });
  };
  const isSum = (cell: string) => cell === "" || sheet.sums.some((s) => same(s, cell));
  const head = rows.findIndex((row) => row.some((c) => find(sheet.known, c)));
  if (head >= 0) {
    const across = rows[head]!.map((c) => find(sheet.known, c));
    const first = across.findIndex((c) => c !== undefined);
    rows[head]!.forEach((c, i) => {
      if (i >= first && !across[i] && !isSum(c)) out.strange.push(c);
    });
    rows.slice(head + 1).forEach((row, i) => {
      const label = row.slice(0, first).find((c) => find(sheet.lines, c)) ?? "";
      const line = first === 0 ? sheet.lines[i]?.id : find(sheet.lines, label);
      if (line)
        across.forEach((organisation, j) => {
          if (organisation) take(organisation, line, row[j] ?? "");
        });
      else if (!isSum(row[0] ?? "") && row.some((c) => c !== "")) out.strange.push(row[0] ?? "");
    });
    return out;
  }
  const labelled = rows.some((row) => find(sheet.lines, row[0]));
  const fromLine = sheet.lines.findIndex((l) => l.id === at.line);
  const fromOrganisation = sheet.organisations.findIndex((o) => o.id === at.organisation);
  rows.forEach((row, i) => {
    const line = labelled ? find(sheet.lines, row[0]) : sheet.lines[fromLine + i]?.id;
    row.slice(labelled ? 1 : 0).forEach((cell, j) => {
      const organisation = sheet.organisations[fromOrganisation + j]?.id;
      if (line && organisation) take(organisation, line, cell);
    });
  });
  return out;
}

/** Without a sign of the currency, which spreadsheets copy along. */
const plain = (cell: string) => cell.replace(/^(US\$|\$|USD)\s*|\s*(USD|US\$|\$)$/gi, "");
