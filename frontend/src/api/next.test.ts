import { expect, it } from "vitest";
import { nextOf } from "./next";

it("finds where the next page begins", () => {
  expect(nextOf('</api/v1/proposals?after=P-2026-050&limit=50>; rel="next"')).toBe("P-2026-050");
  expect(nextOf("</a?after=x%20y>; rel=next")).toBe("x y");
  expect(nextOf('</a>; rel="prev"')).toBeUndefined();
  expect(nextOf(null)).toBeUndefined();
});
