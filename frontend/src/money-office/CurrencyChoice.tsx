import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Schemas, useRead } from "./office";

/** What the reader calls a currency, by its code. */
export function currencyName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "currency" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The rates of exchange in force on a day, by currency. */
export function useRates(on: string, wanted: boolean) {
  const { data } = useRead<Schemas["OperationalRate"][]>("/operational-rates", on ? { on } : {}, wanted);
  return new Map((data ?? []).filter((r) => r.effective_on.slice(0, 7) === on.slice(0, 7)).map((r) => [r.currency, r]));
}

type Props = { label: string; hint: string; books: string; value: string; known: Iterable<string>; onChange: (currency: string) => void };

/** A currency among the books' own and those with a rate. */
export function CurrencyChoice({ label, hint, books, value, known, onChange }: Props) {
  const { language } = useWords();
  const codes = [...new Set([...known, value])].filter((c) => c !== books).sort();
  return (
    <Choice id="currency" label={label} hint={hint} value={value} onChange={(e) => onChange(e.target.value)}>
      {[books, ...codes].map((c) => (
        <option key={c} value={c}>
          {`${c} – ${currencyName(c, language)}`}
        </option>
      ))}
    </Choice>
  );
}
