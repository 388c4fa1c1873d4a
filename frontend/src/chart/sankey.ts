import { sankey as layout } from "d3-sankey";
import { along, type Frame, fitted, isolate, px, roughly, svg } from "./svg";

export type Node = { id: string; label: string /** exact */; value: string; kind: "from" | "fund" | "theme" | "to" };
export type Link = { source: string; target: string /** exact */; value: string };

/** In which column each kind stands; those that nobody is in are left out. */
const order: Node["kind"][] = ["from", "fund", "theme", "to"];

// What d3-sankey lays out; it keeps a float of its own under value.
type Bar = Omit<Node, "value"> & { exact: string };

/** Money from where it comes to where it goes. Links of zero are left out of the picture; the table has them. */
export function sankey(frame: Frame, nodes: Node[], links: Link[]): string {
  const flows = links.filter((l) => roughly(l.value) > 0);
  const ends = new Set(flows.flatMap((l) => [l.source, l.target]));
  const shown = nodes.filter((n) => ends.has(n.id));
  if (shown.length === 0) return svg(frame, 40, "");
  const columns = order.filter((k) => shown.some((n) => n.kind === k));
  const narrow = frame.width < 600;
  const side = narrow ? 96 : Math.min(210, Math.max(150, frame.width * 0.2));
  const tallest = Math.max(...order.map((k) => shown.filter((n) => n.kind === k).length));
  const height = Math.max(280, tallest * 58);
  const graph = layout<Bar, object>()
    .nodeId((n) => n.id)
    .nodeAlign((n) => columns.indexOf((n as unknown as Bar).kind))
    .nodeWidth(9)
    .nodePadding(32) // room for a label of two lines, however small the flow
    .extent([
      [side, 10],
      [frame.width - side, height - 24],
    ])({ nodes: shown.map(({ value, ...n }) => ({ ...n, exact: value })), links: flows.map((l) => ({ ...l, value: roughly(l.value) })) });
  const x = along(frame);
  const paths = graph.links.map((l) => {
    const from = l.source as unknown as (typeof graph.nodes)[number];
    const to = l.target as unknown as (typeof graph.nodes)[number];
    const mid = (from.x1! + to.x0!) / 2;
    return `<path class="flow ${from.kind}" d="M${px(x(from.x1!))},${px(l.y0!)}C${px(x(mid))},${px(l.y0!)} ${px(x(mid))},${px(l.y1!)} ${px(x(to.x0!))},${px(l.y1!)}" stroke-width="${px(Math.max(1, l.width!))}"/>`;
  });
  const bars = graph.nodes.map((n) => {
    const at = Math.min(x(n.x0!), x(n.x1!));
    return `<rect class="bar ${n.kind}" x="${px(at)}" y="${px(n.y0!)}" width="9" height="${px(Math.max(1.5, n.y1! - n.y0!))}"/>`;
  });
  const labels = graph.nodes.map((n) => {
    const before = n.kind === "from";
    const at = x(before ? n.x0! - 6 : n.x1! + 6);
    const anchor = before !== (frame.dir === "rtl") ? "end" : "start";
    const y = (n.y0! + n.y1!) / 2 - 3;
    const room = before || n.kind === "to" ? side - 10 : (frame.width - 2 * side) / Math.max(1, columns.length - 1) - 24;
    return `<text class="name" x="${px(at)}" y="${px(y)}" text-anchor="${anchor}">${isolate(fitted(n.label, room, 7))}</text><text class="sum" x="${px(at)}" y="${px(y + 15)}" text-anchor="${anchor}">${isolate(frame.amount(n.exact))}</text>`;
  });
  return svg(frame, height, paths.join("") + bars.join("") + labels.join(""));
}
