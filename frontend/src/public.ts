// The one script of the Go pages: it finds tables marked data-chart and draws their picture above them, from the
// table's own cells. Without it the tables stand.
import { bars } from "./chart/bars";
import { type Link, type Node, sankey } from "./chart/sankey";
import { type Seat, seats } from "./chart/seats";
import { type Series, steps } from "./chart/steps";
import type { Frame } from "./chart/svg";
import { formatAmount, sum } from "./money/money";

const language = document.documentElement.lang;

const rows = (table: HTMLTableElement) => [...table.tBodies].flatMap((b) => [...b.rows]);
const words = (cell: Element | undefined) => cell?.textContent?.trim() ?? "";
const exact = (cell: Element | undefined) => cell?.querySelector("data")?.value ?? "0";
const day = (cell: Element | undefined) => cell?.querySelector("time")?.dateTime ?? "";

/** 15M, 15 млн, 1500万: a round tick, short. */
const short = (n: number) => new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : language, { notation: "compact" }).format(n);

function flow(table: HTMLTableElement, frame: Frame): string {
  const at = new Map<string, Node & { in: string[]; out: string[] }>();
  const place = (cell: Element | undefined) => {
    const kind = cell?.getAttribute("data-kind") as Node["kind"];
    const id = `${kind} ${words(cell)}`;
    const found = at.get(id) ?? { id, label: words(cell), kind, value: "0", in: [], out: [] };
    at.set(id, found);
    return found;
  };
  const links: Link[] = rows(table).map(({ cells }) => {
    const value = exact(cells[2]);
    const [source, target] = [place(cells[0]), place(cells[1])];
    source.out.push(value);
    target.in.push(value);
    return { source: source.id, target: target.id, value };
  });
  for (const n of at.values()) n.value = sum(n.in.length > 0 ? n.in : n.out);
  // What comes and what goes stand side by side where there is room for their names, else below each other.
  return frame.width < 600 ? bars(frame, [...at.values()]) : sankey(frame, [...at.values()], links);
}

function growth(table: HTMLTableElement, frame: Frame): string {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const series = ([1, 2] as const).map((column): Series => {
    const points = rows(table).map(({ cells }) => ({ day: day(cells[0]), value: exact(cells[column]) }));
    return { label: words(heads[column]), kind: column === 1 ? "in" : "out", points };
  });
  return steps(frame, series, table.dataset.until ?? "");
}

function timeline(table: HTMLTableElement, frame: Frame): string {
  const today = table.dataset.until ?? "";
  const ends = rows(table).map(({ cells }) => day(cells[cells.length - 1]));
  const final = [today, ...ends].sort().at(-1) ?? today; // days as text sort as days
  const all = [...table.tBodies].map((body): Seat => {
    const terms = [...body.rows].flatMap(({ cells }) => {
      const [holder, from, until] = [...cells].slice(-3);
      const began = day(from);
      return began === "" ? [] : [{ holder: words(holder?.firstElementChild ?? holder), from: began, until: day(until) || final }];
    });
    return { name: words(body.rows[0]?.cells[0]), kind: Number(body.dataset.kind) as Seat["kind"], terms };
  });
  return seats(frame, all, today);
}

/** Land and its projection weigh more than all the rest, so the one page with a map brings them, once. */
let world: Promise<typeof import("./chart/world")> | undefined;
async function places(table: HTMLTableElement, frame: Frame): Promise<string> {
  world ??= import("./chart/world");
  const found = rows(table).flatMap(({ cells, dataset }) => {
    const [latitude, longitude] = (dataset.at ?? "").split(",").map(Number);
    return latitude === undefined || longitude === undefined
      ? []
      : [{ name: words(cells[0]), latitude, longitude, value: exact(cells[cells.length - 1]) }];
  });
  return (await world).world(frame, found);
}

type Drawing = (table: HTMLTableElement, frame: Frame) => string | Promise<string>;
const drawings: Record<string, Drawing> = { flow, steps: growth, seats: timeline, map: places };

for (const table of document.querySelectorAll<HTMLTableElement>("table[data-chart]")) {
  const draw = drawings[table.dataset.chart ?? ""];
  const below = table.closest("details") ?? table.closest(".scroll");
  if (!draw || !below) continue;
  const box = document.createElement("div");
  box.className = "drawing";
  below.before(box);
  table.closest("details")?.removeAttribute("open");
  let drawn = 0;
  const redraw = async () => {
    const width = Math.max(box.clientWidth, box.closest(".wide") && table.dataset.chart !== "flow" ? 620 : 240);
    if (width === drawn) return;
    drawn = width;
    const picture = await draw(table, {
      title: words(box.closest("section")?.querySelector("h2") ?? undefined),
      description: table.dataset.about ?? "",
      dir: document.documentElement.dir === "rtl" ? "rtl" : "ltr",
      width,
      amount: (value) => formatAmount(value, language),
      tick: short,
    });
    if (width !== drawn) return; // turned meanwhile
    box.innerHTML = picture;
    // What scrolls inside itself can be scrolled by keyboard.
    if (box.scrollWidth > box.clientWidth) {
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", words(box.closest("section")?.querySelector("h2") ?? undefined));
    } else box.removeAttribute("tabindex");
  };
  void redraw();
  addEventListener("resize", () => void redraw());
}
