import { describe, expect, it } from "vitest";
import { isZero } from "../money/money";
import { feeOf, less, letter, percent, total, worth } from "./reckon";

describe("the fee", () => {
  it.each([
    ["100.00", "0.01", "1.00"],
    ["385055.49", "0.01", "3850.55"],
    ["385055.50", "0.01", "3850.56"], // half up
    ["9007199254740993.15", "0.01", "90071992547409.93"], // beyond a float
    ["0.01", "0.01", "0.00"],
    ["200.00", "0.0125", "2.50"],
    ["200.00", "0", "0.00"],
  ])("of %s at %s is %s", (amount, rate, fee) => expect(feeOf(amount, rate, "USD")).toBe(fee));
  it("is none without an amount", () => {
    expect(feeOf("", "0.01", "USD")).toBeUndefined();
    expect(feeOf(null, "0.01", "USD")).toBeUndefined();
    expect(feeOf("1.00", "?", "USD")).toBeUndefined();
  });
});

it("differences and sums are exact", () => {
  expect(less("37979313.69", "37979383.69", "USD")).toBe("-70.00");
  expect(total(["-901618.40", "-400500.00"], "USD")).toBe("-1302118.40");
  expect(total([], "USD")).toBe("0.00");
  expect(isZero("0.00")).toBe(true);
  expect(isZero("-0.01")).toBe(false);
});

it("a share is said in per cent", () => {
  expect(["0.01", "0.0125", "0", "0.1", "1", "0.005"].map(percent)).toEqual(["1", "1.25", "0", "10", "100", "0.5"]);
});

it("letters go on after Z", () => expect([0, 25, 26, 27, 701, 702].map(letter)).toEqual(["A", "Z", "AA", "AB", "ZZ", "AAA"]));

it("what another currency is worth, half up as the server has it", () => {
  expect(worth("9000000.00", "NOK", "10.15", "USD")).toBe("886699.51");
  expect(worth("882.00", "EUR", "0.882", "USD")).toBe("1000.00");
  expect(worth("1", "JPY", "200", "USD")).toBe("0.01");
  expect(worth("1", "JPY", "201", "USD")).toBe("0.00");
  expect(worth("", "EUR", "0.882", "USD")).toBeUndefined();
  expect(worth("1.00", "EUR", undefined, "USD")).toBeUndefined();
});
