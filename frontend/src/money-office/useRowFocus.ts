import { type FocusEvent, useEffect, useRef } from "react";

const boxes = (side: Element) => [...side.querySelectorAll<HTMLInputElement>("input[type=checkbox][data-row]:not(:disabled)")];

/** Where the row that had the focus goes, since it was matched, the focus goes on to the one that takes its place. */
export function useRowFocus(lines: unknown) {
  const left = useRef<{ side: Element; row: number } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the lines that come and go
  useEffect(() => {
    if (!left.current || document.activeElement !== document.body) return;
    const { side, row } = left.current;
    const still = boxes(side);
    still[Math.min(row, still.length - 1)]?.focus();
  }, [lines]);
  return {
    onFocus: (e: FocusEvent) => {
      const side = e.target.closest("[data-side]");
      const box = e.target.closest("tr")?.querySelector<HTMLInputElement>("input[data-row]");
      if (side && box) left.current = { side, row: boxes(side).indexOf(box) };
    },
    // Left by a person's own act, it is not brought back.
    onBlur: (e: FocusEvent) => {
      if (e.target.isConnected && e.relatedTarget === null) left.current = null;
    },
  };
}
