/** A piece of a sentence as the build compiles it: words, "#", a value's name, or a plural's cases by number. */
export type Piece = string | [name: string] | [name: string, kind: string, cases: Record<string, Piece[]>];

/** A language's sentences by their ids. */
export type Messages = Record<string, Piece[]>;

/**
 * A sentence filled in with values, its numbers counted as the language counts them. Dates and amounts are given as
 * the text they are to be, and select is not spoken here: a sentence for each case reads better in six languages.
 */
export function fill(language: string, sentence: Piece[], values: Record<string, unknown> = {}, count?: string): string {
  return sentence
    .map((piece) => {
      if (typeof piece === "string") return piece === "#" && count !== undefined ? count : piece;
      const value = values[piece[0]];
      if (piece.length === 1) return value ?? "";
      const n = Number(value);
      const cases = piece[2];
      const fits = cases[n] ?? cases[new Intl.PluralRules(language).select(n)] ?? cases.other ?? [];
      return fill(language, fits, values, new Intl.NumberFormat(language).format(n));
    })
    .join("");
}
