import { type KeyboardEvent, memo, useEffect, useRef, useState } from "react";
import { formatAmount, parseAmount } from "../money/money";
import { directionOf, useWords } from "../words/i18n";
import styles from "./Budget.module.css";

export type Step = "up" | "down" | "before" | "after";

export type CellInputProps = {
  id: string;
  label: string;
  /** The amount in the draft, "" for none. */
  amount: string;
  /** What stands in the cell and is no amount. */
  unread: string | undefined;
  /** Why the cell was refused: the id of the sentence that says so. */
  fault: string | undefined;
  /** Told an exact amount, null for none, or what was typed and is no amount. */
  onTyped: (amount: string | null, unread?: string) => void;
  onStep: (step: Step) => void;
  onBegin: () => void;
  onUndo: () => void;
  onBlock: (text: string) => void;
};

/**
 * A cell of the grid. It is chosen whole when one comes to it: typing replaces it, F2 goes into it, the arrows go on to
 * the next, Enter goes down, Esc puts back what stood there.
 */
export const CellInput = memo(function CellInput(p: CellInputProps) {
  const { language } = useWords();
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
    if (!changed.current) p.onBegin();
    changed.current = true;
    setTyped(text);
    const amount = text.trim() === "" ? null : parseAmount(text, language).amount;
    if (amount === undefined || amount?.startsWith("-")) p.onTyped(null, text);
    else p.onTyped(amount);
  };
  const keys = (e: KeyboardEvent) => {
    const rtl = directionOf(language) === "rtl";
    const step: Partial<Record<string, Step>> = {
      ArrowUp: "up",
      ArrowDown: "down",
      Enter: e.shiftKey ? "up" : "down",
      ...(inside.current || typed !== null ? {} : { ArrowLeft: rtl ? "after" : "before", ArrowRight: rtl ? "before" : "after" }),
    };
    const to = step[e.key];
    if (to && !e.altKey && !e.ctrlKey && !e.metaKey) {
      e.preventDefault();
      p.onStep(to);
    } else if (e.key === "F2") {
      inside.current = true;
      const end = field.current!.value.length;
      field.current!.setSelectionRange(end, end);
    } else if (e.key === "Escape") {
      if (changed.current) p.onTyped(before.current.amount || null, before.current.unread);
      changed.current = false;
      inside.current = false;
      setTyped(null);
      requestAnimationFrame(() => field.current?.select());
    } else if (e.key === "z" && (e.ctrlKey || e.metaKey) && typed === null) {
      e.preventDefault();
      p.onUndo();
    }
  };
  return (
    <input
      ref={field}
      id={p.id}
      className={`${styles.cell} ${p.fault || p.unread !== undefined ? styles.bad : ""}`}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={p.label}
      aria-invalid={p.fault !== undefined || p.unread !== undefined || undefined}
      aria-describedby={p.fault}
      value={typed ?? written}
      onChange={(e) => type(e.target.value)}
      onKeyDown={keys}
      onFocus={(e) => {
        before.current = { amount: p.amount, unread: p.unread };
        changed.current = false;
        inside.current = false;
        e.target.select();
      }}
      onBlur={() => setTyped(null)}
      onPaste={(e) => {
        const text = e.clipboardData.getData("text/plain");
        e.preventDefault();
        setTyped(null);
        p.onBlock(text);
      }}
    />
  );
});
