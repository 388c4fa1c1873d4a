import type { Node } from "./sankey";
import { along, begin, type Frame, finish, fitted, isolate, px, roughly, svg } from "./svg";

const order: Node["kind"][] = ["from", "fund", "theme", "to"];
const row = 40;
const apart = 14;

/** The same flow where there is no room to its sides: from where, into what, to whom, one bar below the other. */
export function bars(frame: Frame, nodes: Node[]): string {
  const groups = order
    .map((kind) => nodes.filter((n) => n.kind === kind && roughly(n.value) > 0).sort((a, b) => roughly(b.value) - roughly(a.value)))
    .filter((group) => group.length > 0);
  if (groups.length === 0) return svg(frame, 40, "");
  const most = Math.max(...groups.flat().map((n) => roughly(n.value)));
  const x = along(frame);
  let y = 0;
  const room = frame.width - Math.max(...groups.flat().map((n) => frame.amount(n.value).length)) * 7.5 - 10;
  const parts = groups.map((group, g) => {
    if (g > 0) y += apart;
    const rule = g > 0 ? `<path class="grid" d="M0,${y - apart / 2}H${px(frame.width)}"/>` : "";
    const lines = group.map((n) => {
      const top = y;
      y += row;
      const width = Math.max(2, (roughly(n.value) / most) * room);
      return `<text class="name" x="${px(x(0))}" y="${top + 15}" text-anchor="${begin(frame.dir)}">${isolate(fitted(n.label, frame.width, 7))}</text><rect class="bar ${n.kind}" x="${px(Math.min(x(0), x(width)))}" y="${top + 23}" width="${px(width)}" height="9"/><text class="sum" x="${px(x(frame.width))}" y="${top + 32}" text-anchor="${finish(frame.dir)}">${isolate(frame.amount(n.value))}</text>`;
    });
    return rule + lines.join("");
  });
  return svg(frame, y, parts.join(""));
}
