// Amounts are strings with a point and the currency's decimals, "1250.50". No float comes near them:
// sums are BigInt in minor units, and Intl is fed the string.

/** How many decimals a currency has, where it is not two (ISO 4217). */
const decimalsByCurrency: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  VND: 0,
  XOF: 0,
  XAF: 0,
  CLP: 0,
  ISK: 0,
  UGX: 0,
  RWF: 0,
  BHD: 3,
  JOD: 3,
  KWD: 3,
  OMR: 3,
  TND: 3,
  IQD: 3,
  LYD: 3,
};
export const decimalsOf = (currency: string) => decimalsByCurrency[currency] ?? 2;

/** The marks a language writes between thousands, and before decimals. */
export const marks: Record<string, { group: string[]; decimal: string[] }> = {
  en: { group: [","], decimal: ["."] },
  zh: { group: [",", "，"], decimal: ["."] },
  fr: { group: ["."], decimal: [","] },
  ru: { group: ["."], decimal: [","] },
  es: { group: ["."], decimal: [","] },
  ar: { group: [",", "٬"], decimal: [".", "٫"] },
};

const spaces = /[\s\u00a0\u202f\u2009'’]/g;

export type Parsed =
  | { amount: string; fault?: undefined }
  | { amount?: undefined; fault: "not-an-amount" | "too-many-decimals" | "too-large" };

/** Arabic-Indic and Persian digits to Latin ones. */
export function latin(text: string) {
  return text
    .replace(/[\u0660-\u0669]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (d) => String(d.charCodeAt(0) - 0x6f0));
}

/**
 * Reads an amount as a person writes it in language, "1 250,5" in French, into "1250.50". Digits may be
 * Latin, Arabic-Indic or Persian. Nothing is rounded: too many decimals and a thousand mark out of place
 * are faults. A lone point before one or two digits is a decimal point in every language, since spreadsheets
 * write it so; before three it is what the language says. At most 17 digits before the point.
 */
export function parseAmount(text: string, language: string, decimals = 2): Parsed {
  const { group, decimal } = marks[language] ?? marks.en!;
  let t = latin(text.trim()).replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, "");
  const negative = /^[-\u2212]/.test(t);
  t = t
    .replace(/^[-\u2212]/, "")
    .replace(spaces, " ")
    .trim();
  const points = [...t].flatMap((c, i) => (decimal.includes(c) ? [i] : []));
  if (points.length > 1) return { fault: "not-an-amount" };
  const at = points[0] ?? t.length;
  let whole = t.slice(0, at);
  let fraction = t.slice(at + 1);
  const foreign = points.length === 0 && /^\d{1,17}\.\d{1,2}$/.exec(t);
  if (foreign && group.includes(".")) {
    [whole, fraction] = t.split(".") as [string, string];
  } else {
    const grouped = [" ", ...group].some((mark) => whole.includes(mark));
    if (grouped) {
      const used = [" ", ...group].filter((mark) => whole.includes(mark));
      const parts = whole.split(used[0]!);
      if (used.length > 1 || parts[0]!.length > 3 || parts[0] === "" || parts.slice(1).some((p) => p.length !== 3))
        return { fault: "not-an-amount" };
      whole = parts.join("");
    }
  }
  if (!/^\d+$/.test(whole) || !/^\d*$/.test(fraction) || (points.length > 0 && fraction === "")) return { fault: "not-an-amount" };
  if (fraction.length > decimals) return { fault: "too-many-decimals" };
  whole = whole.replace(/^0+(?=\d)/, "");
  if (whole.length > 17) return { fault: "too-large" };
  const amount = decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, "0")}`;
  return { amount: negative && /[1-9]/.test(amount) ? `-${amount}` : amount };
}

/** Intl before 2022 reads a string as a float and rounds it. */
let exact: boolean | undefined;
export function intlIsExact() {
  exact ??= new Intl.NumberFormat("en").format("9007199254740993" as unknown as number) === "9,007,199,254,740,993";
  return exact;
}

/** The locale by which a language writes numbers; English is that of the United Nations. */
const locales: Record<string, string> = { en: "en-GB", fr: "fr-FR", es: "es-ES", ar: "ar-EG-u-nu-latn", ru: "ru-RU", zh: "zh-CN" };

/** To make one takes longer than to use it a hundred times, and a grid has some hundred amounts. */
const formats: Record<string, Intl.NumberFormat> = {};
const formatOf = (language: string, decimals: number) =>
  (formats[language + decimals] ??= new Intl.NumberFormat(locales[language] ?? "en-GB", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: "always" as unknown as boolean,
  }));

/** Writes an exact amount, "-1250.50", as language does: "−1 250,50". The digits are those given, all of them. */
export function formatAmount(amount: string, language: string, useIntl = intlIsExact()): string {
  const decimals = amount.split(".")[1]?.length ?? 0;
  if (!useIntl) return groupByHand(amount, language);
  const text = formatOf(language, decimals).format(amount as unknown as number);
  return text.replace(/[\u200e\u061c]/g, "").replace("-", "\u2212");
}

function groupByHand(amount: string, language: string): string {
  const [whole = "0", fraction] = amount.replace("-", "").split(".");
  const [group, point] = { fr: ["\u202f", ","], ru: ["\u00a0", ","], es: [".", ","] }[language] ?? [",", "."];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group!);
  return (amount.startsWith("-") ? "\u2212" : "") + grouped + (fraction === undefined ? "" : point + fraction);
}

export const isZero = (amount: string) => /^-?0*(\.0*)?$/.test(amount);

/** An exact amount in minor units. */
export function minor(amount: string, decimals = 2): bigint {
  const negative = amount.startsWith("-");
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const n = BigInt(whole + fraction.padEnd(decimals, "0"));
  return negative ? -n : n;
}

/** Minor units as an exact amount. */
export function major(units: bigint, decimals = 2): string {
  const text = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const cut = text.length - decimals;
  return (units < 0n ? "-" : "") + (decimals === 0 ? text : `${text.slice(0, cut)}.${text.slice(cut)}`);
}

/** The sum of exact amounts. The server's totals are the truth; this one is a courtesy while typing. */
export function sum(amounts: string[], decimals = 2): string {
  return major(
    amounts.reduce((total, a) => total + minor(a, decimals), 0n),
    decimals,
  );
}
