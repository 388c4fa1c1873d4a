import { useEffect, useRef, useState } from "react";
import { described, type Frame, Labelled } from "../ui/Field/Field";
import field from "../ui/Field/Field.module.css";
import { type Say, useWords } from "../words/i18n";
import styles from "./Amount.module.css";
import { decimalsOf, formatAmount, parseAmount } from "./money";

export type MoneyFieldProps = Frame & {
  /** An exact amount; "" where none was given; null, like "", leaves what is typed and is no amount. */
  value: string | null;
  currency: string;
  /** Told an exact amount, "" for none, or null while what is typed is no amount. */
  onChange: (value: string | null, typed: string) => void;
  disabled?: boolean;
};

/** The sentence for an amount that cannot be read; the error summary says the same. */
export function amountFault(t: Say, typed: string, language: string, currency: string): string | undefined {
  const decimals = decimalsOf(currency);
  const { fault } = parseAmount(typed, language, decimals);
  if (!fault || typed.trim() === "") return undefined;
  const example = formatAmount(decimals === 0 ? "18500" : `18500.${"0".repeat(decimals)}`, language);
  return t(`money.fault.${fault}`, { currency, decimals, example });
}

/**
 * An amount as a person writes it. What was typed stays as typed until it is an amount and the field is left;
 * what is no amount stays and is marked. Never a float, never rounded.
 */
export function MoneyField({ value: given, currency, onChange, disabled, ...frame }: MoneyFieldProps) {
  const { t, language } = useWords();
  const value = given ?? "";
  const [typed, setTyped] = useState(() => (value === "" ? "" : formatAmount(value, language)));
  const told = useRef(value);
  const last = useRef(value);
  const writtenIn = useRef(language);
  useEffect(() => {
    // Another's value takes the place of what is typed; one that stays as it was, while what is typed is no amount, does not.
    const other = value !== last.current && value !== told.current;
    if (other || (writtenIn.current !== language && parseAmount(typed, writtenIn.current, decimalsOf(currency)).amount === value)) {
      setTyped(value === "" ? "" : formatAmount(value, language));
    }
    last.current = value;
    if (other) told.current = value;
    writtenIn.current = language;
  }, [value, language, typed, currency]);
  const [visited, setVisited] = useState(false);
  const own = visited ? amountFault(t, typed, language, currency) : undefined;
  const shown = { ...frame, error: own ?? frame.error };
  return (
    <Labelled {...shown}>
      <input
        {...described(shown)}
        className={`${field.input} ${styles.input}`}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        value={typed}
        onChange={(e) => {
          setTyped(e.target.value);
          const amount = e.target.value.trim() === "" ? "" : (parseAmount(e.target.value, language, decimalsOf(currency)).amount ?? null);
          told.current = amount ?? "";
          onChange(amount, e.target.value);
        }}
        onFocus={() => setVisited(false)}
        onBlur={() => {
          setVisited(true);
          const { amount } = parseAmount(typed, language, decimalsOf(currency));
          if (amount !== undefined) setTyped(formatAmount(amount, language));
        }}
      />
    </Labelled>
  );
}
