// Courtesies of the page in BigInt; the server's figures are the truth and stand beside them where both are shown.
import { decimalsOf, major, minor } from "../money/money";

/**
 * The agent's fee on a deposit, by the agreement's rate ("0.01"), half up to the currency's last decimal.
 * undefined where rate or amount is none.
 */
export function feeOf(amount: string | null, rate: string, currency: string): string | undefined {
  if (!amount || !/^\d+(\.\d+)?$/.test(rate) || !/^\d+(\.\d+)?$/.test(amount)) return undefined;
  const [whole = "0", fraction = ""] = rate.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const decimals = decimalsOf(currency);
  const exact = minor(amount, decimals) * BigInt(whole + fraction);
  return major((exact * 2n + scale) / (scale * 2n), decimals);
}

/**
 * What an amount is worth in another currency at a rate, "10.15", that says how much of its own one unit of the other
 * buys: half up to the last decimal. undefined where one of them is none.
 */
export function worth(amount: string | null, currency: string, rate: string | undefined, into: string): string | undefined {
  if (!amount || !rate || !/^\d+(\.\d+)?$/.test(rate) || !/^\d+(\.\d+)?$/.test(amount)) return undefined;
  const [whole = "0", fraction = ""] = rate.split(".");
  const below = BigInt(whole + fraction) * 10n ** BigInt(decimalsOf(currency));
  const above = minor(amount, decimalsOf(currency)) * 10n ** BigInt(fraction.length + decimalsOf(into));
  return below === 0n ? undefined : major((above * 2n + below) / (below * 2n), decimalsOf(into));
}

/** a − b, exactly. */
export const less = (a: string, b: string, currency: string) =>
  major(minor(a, decimalsOf(currency)) - minor(b, decimalsOf(currency)), decimalsOf(currency));

/** The sum of what was given, "0.00" of nothing. */
export const total = (amounts: string[], currency: string) =>
  major(
    amounts.reduce((all, a) => all + minor(a, decimalsOf(currency)), 0n),
    decimalsOf(currency),
  );

/** A share as people say it: "0.01" is "1", "0.0125" is "1.25". */
export function percent(rate: string): string {
  const [whole = "0", fraction = ""] = rate.split(".");
  const digits = (whole + fraction.padEnd(2, "0")).replace(/^0+(?=\d)/, "").padStart(1, "0");
  const after = Math.max(0, fraction.length - 2);
  const left = after === 0 ? digits : digits.padStart(after + 1, "0").slice(0, -after);
  const right =
    after === 0
      ? ""
      : digits
          .padStart(after + 1, "0")
          .slice(-after)
          .replace(/0+$/, "");
  return right ? `${left}.${right}` : left;
}

/** "A" … "Z", "AA" …: letters by which rows of two lists are told to belong together. */
export function letter(n: number): string {
  let out = "";
  for (let i = n; i >= 0; i = Math.floor(i / 26) - 1) out = String.fromCharCode(65 + (i % 26)) + out;
  return out;
}
