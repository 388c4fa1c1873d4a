import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import { formatAmount, parseAmount } from "../money/money";
import { directionOf, useWords } from "../words/i18n";
import styles from "./Budget.module.css";
import type { Place } from "./budget";

export type Step = "up" | "down" | "before" | "after";

/** What a cell tells its grid: the same functions for all of them and for good, so that a key draws one cell anew. */
export type CellActs = {
  /** An exact amount, null for none, or what was typed and is no amount. */
  typed: (at: Place, amount: string | null, unread?: string) => void;
  step: (at: Place, step: Step) => void;
  /** Shift and an arrow: one more cell is chosen. */
  stretch: (at: Place, step: Step) => void;
  /** Typing begins: what stands is remembered. */
  begin: () => void;
  undo: () => void;
  block: (at: Place, text: string) => void;
  /** Cells are chosen together and one asks for them, to be copied or emptied; false where there are none. */
  copy: (data: DataTransfer) => boolean;
  clear: () => boolean;
  /** One came to a cell: what was chosen elsewhere is no longer. */
  arrive: (at: Place) => void;
  /** Nothing is chosen together any more. */
  drop: () => void;
};

export type CellInputProps = {
  organisation: string;
  line: string;
  year: number;
  id: string;
  /** The names of the line and the organisation, for its label. */
  lineName: string;
  called: string;
  /** The amount in the draft, "" for none. */
  amount: string;
  /** What stands in the cell and is no amount. */
  unread: string | undefined;
  /** Why the cell was refused: the id of the sentence that says so. */
  fault: string | undefined;
  /** Among the cells that are chosen together. */
  chosen: boolean;
  on: CellActs;
};

/**
 * A cell of the grid. It is chosen whole when one comes to it: typing replaces it, F2 goes into it, the arrows go on to
 * the next, with Shift they choose several, Enter goes down, Esc puts back what stood there.
 */
export const CellInput = memo(function CellInput(p: CellInputProps) {
  const { t, language } = useWords();
  const at: Place = { organisation: p.organisation, line: p.line, year: p.year };
  const written = p.unread ?? (p.amount === "" ? "" : formatAmount(p.amount, language));
  const [typed, setTyped] = useState<string | null>(null);
  const inside = useRef(false); // F2: the arrows are the text's
  const before = useRef<{ amount: string; unread: string | undefined }>({ amount: "", unread: undefined });
  const field = useRef<HTMLInputElement>(null);
  const changed = useRef(false);
  // What comes from elsewhere (a paste, an undo, a colleague) is shown as soon as it is not what was typed.
  useEffect(() => {
    setTyped((now) => (now === null || (parseAmount(now, language).amount ?? "") === p.amount || now === p.unread ? now : null));
  }, [p.amount, p.unread, language]);
  const type = (text: string) => {
    if (!changed.current) p.on.begin();
    changed.current = true;
    setTyped(text);
    const amount = text.trim() === "" ? null : parseAmount(text, language).amount;
    if (amount === undefined || amount?.startsWith("-")) p.on.typed(at, null, text);
    else p.on.typed(at, amount);
  };
  const keys = (e: KeyboardEvent) => {
    const rtl = directionOf(language) === "rtl";
    const resting = !inside.current && typed === null;
    const arrows: Partial<Record<string, Step>> = { ArrowUp: "up", ArrowDown: "down" };
    if (resting) Object.assign(arrows, { ArrowLeft: rtl ? "after" : "before", ArrowRight: rtl ? "before" : "after" });
    const arrow = arrows[e.key];
    const plain = !e.altKey && !e.ctrlKey && !e.metaKey;
    const to = arrow ?? (e.key === "Enter" ? (e.shiftKey ? "up" : "down") : undefined);
    if (arrow && e.shiftKey && resting && plain) {
      e.preventDefault();
      p.on.stretch(at, arrow);
    } else if (to && plain) {
      e.preventDefault();
      p.on.step(at, to);
    } else if ((e.key === "Delete" || e.key === "Backspace") && resting && p.on.clear()) {
      e.preventDefault();
    } else if (e.key === "F2") {
      inside.current = true;
      const end = field.current!.value.length;
      field.current!.setSelectionRange(end, end);
    } else if (e.key === "Escape") {
      if (changed.current) p.on.typed(at, before.current.amount || null, before.current.unread);
      changed.current = false;
      inside.current = false;
      setTyped(null);
      p.on.drop();
      requestAnimationFrame(() => field.current?.select());
    } else if (e.key === "z" && (e.ctrlKey || e.metaKey) && typed === null) {
      e.preventDefault();
      p.on.undo();
    }
  };
  return (
    <input
      ref={field}
      id={p.id}
      className={`${styles.cell} ${p.fault || p.unread !== undefined ? styles.bad : ""} ${p.chosen ? styles.chosen : ""}`}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={t("budget.cell", { line: p.lineName, year: p.year, organisation: p.called })}
      aria-invalid={p.fault !== undefined || p.unread !== undefined || undefined}
      aria-describedby={p.fault}
      value={typed ?? written}
      onChange={(e) => type(e.target.value)}
      onKeyDown={keys}
      onFocus={(e) => {
        before.current = { amount: p.amount, unread: p.unread };
        changed.current = false;
        inside.current = false;
        p.on.arrive(at);
        e.target.select();
      }}
      onBlur={() => setTyped(null)}
      onCopy={(e) => {
        if (p.on.copy(e.clipboardData)) e.preventDefault();
      }}
      onCut={(e) => {
        if (!p.on.copy(e.clipboardData)) return;
        e.preventDefault();
        p.on.clear();
      }}
      onPaste={(e) => {
        const text = e.clipboardData.getData("text/plain");
        e.preventDefault();
        setTyped(null);
        p.on.block(at, text);
      }}
    />
  );
});
