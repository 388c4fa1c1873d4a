import { expect, it } from "vitest";
import { earlier, inOrder } from "./portfolio";

it("keeps the order in which documents were chosen", () => {
  expect(inOrder(["b", "a"], new Set(["a", "c", "b"]))).toEqual(["b", "a", "c"]);
  expect(inOrder(["b", "a"], new Set(["a"]))).toEqual(["a"]);
});

it("puts one a place earlier, and the first nowhere", () => {
  expect(earlier(["a", "b", "c"], "c")).toEqual(["a", "c", "b"]);
  expect(earlier(["a", "b"], "a")).toEqual(["a", "b"]);
  expect(earlier(["a", "b"], "z")).toEqual(["a", "b"]);
});
