import { type DragEvent, type PointerEvent, useState } from "react";
import { type Place, placeKey } from "./budget";
import type { Range } from "./range";

const read = (key: string | undefined): Place | undefined => {
  const [organisation, line, year] = key?.split(" ") ?? [];
  return organisation && line ? { organisation, line, year: Number(year) } : undefined;
};
const placeOf = (e: PointerEvent) => read((e.target as Element).closest<HTMLElement>("[data-place]")?.dataset.place);

/** Cells that are chosen together: drawn over with the mouse, or stretched with Shift and the arrows. */
export function useRange() {
  const [range, choose] = useState<Range | null>(null);
  const stretch = (from: Place, to: Place) => choose(placeKey(from) === placeKey(to) ? null : { from, to });
  return {
    range,
    choose,
    stretch,
    /** For the table: a press begins, with Shift it stretches what is there. */
    mouse: {
      // What stands in a cell is selected whole when one comes to it: drawn over, it is not carried away.
      onDragStart: (e: DragEvent) => e.preventDefault(),
      onPointerDown: (e: PointerEvent) => {
        const at = placeOf(e);
        if (!at || e.button !== 0 || e.pointerType === "touch") return;
        const focused = read((document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-place]")?.dataset.place);
        if (e.shiftKey && focused && focused.year === at.year) {
          e.preventDefault(); // the focus stays where the choice began
          stretch(range?.from ?? focused, at);
        } else choose(null);
      },
      onPointerOver: (e: PointerEvent) => {
        const to = placeOf(e);
        if (!to || (e.buttons & 1) === 0 || e.pointerType === "touch") return;
        const from =
          range?.from ?? read((document.activeElement as HTMLElement | null)?.closest<HTMLElement>("[data-place]")?.dataset.place);
        if (from && from.year === to.year) stretch(from, to);
      },
    },
  };
}
