import { describe, expect, it } from "vitest";
import { formatAmount, intlIsExact, parseAmount, sum } from "./money";

describe("parseAmount", () => {
  it.each([
    ["en", "1,250.5", "1250.50"],
    ["en", "1250", "1250.00"],
    ["en", " 12,345,678.09 ", "12345678.09"],
    ["en", "-70", "-70.00"],
    ["en", "−0.00", "0.00"],
    ["en", "00018.5", "18.50"],
    ["fr", "1 250,5", "1250.50"],
    ["fr", "1\u202f250,50", "1250.50"],
    ["fr", "1.250,50", "1250.50"],
    ["fr", "1250.50", "1250.50"],
    ["es", "1.250,50", "1250.50"],
    ["es", "1.250", "1250.00"],
    ["ru", "1\u00a0250,5", "1250.50"],
    ["zh", "1，250.5", "1250.50"],
    ["ar", "١٬٢٥٠٫٥", "1250.50"],
    ["ar", "1,250.5", "1250.50"],
    ["ar", "۱٬۲۵۰٫۵", "1250.50"],
    ["en", "12345678901234567.89", "12345678901234567.89"],
  ])("%s %s is %s", (language, text, amount) => expect(parseAmount(text, language)).toEqual({ amount }));

  it.each([
    ["en", "18 5OO", "not-an-amount"],
    ["en", "", "not-an-amount"],
    ["en", "1,25", "not-an-amount"],
    ["en", "1,2500.00", "not-an-amount"],
    ["en", "1 250,000.00", "not-an-amount"],
    ["en", "1.2.3", "not-an-amount"],
    ["en", "1e5", "not-an-amount"],
    ["en", "5.", "not-an-amount"],
    ["en", "USD 5", "not-an-amount"],
    ["en", "0.005", "too-many-decimals"],
    ["fr", "1,505", "too-many-decimals"],
    ["ar", "١٫٥٠٥", "too-many-decimals"],
    ["en", "123456789012345678", "too-large"],
  ])("%s refuses %s as %s", (language, text, fault) => expect(parseAmount(text, language)).toEqual({ fault }));

  it("takes as many decimals as the currency has", () => {
    expect(parseAmount("5", "en", 0)).toEqual({ amount: "5" });
    expect(parseAmount("5.1", "en", 0)).toEqual({ fault: "too-many-decimals" });
    expect(parseAmount("5.125", "en", 3)).toEqual({ amount: "5.125" });
  });
});

describe("formatAmount", () => {
  it.each([true, false])("is exact past a float (Intl: %s)", (intl) => {
    expect(intlIsExact()).toBe(true);
    expect(formatAmount("9007199254740993.15", "en", intl)).toBe("9,007,199,254,740,993.15");
    expect(formatAmount("-1250.50", "fr", intl)).toBe("−1\u202f250,50");
    expect(formatAmount("1250.50", "es", intl)).toBe("1.250,50");
    expect(formatAmount("1250.50", "ru", intl)).toBe("1\u00a0250,50");
    expect(formatAmount("-1250.50", "ar", intl)).toBe("−1,250.50");
    expect(formatAmount("1250", "zh", intl)).toBe("1,250");
  });

  it("reads back what it wrote", () => {
    for (const language of ["en", "fr", "es", "ar", "ru", "zh"])
      for (const amount of ["0.00", "-1302118.40", "999.99", "12345678901234567.89"])
        expect(parseAmount(formatAmount(amount, language), language)).toEqual({ amount });
  });
});

it("sums to the cent", () => {
  expect(sum(["0.10", "0.20", "-0.05"])).toBe("0.25");
  expect(sum(["9007199254740993.15", "0.01"])).toBe("9007199254740993.16");
});
