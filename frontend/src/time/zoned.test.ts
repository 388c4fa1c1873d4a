import { expect, it } from "vitest";
import { instantIn } from "./zoned";

it("reads a place's clock, in winter, in summer and where the clocks change", () => {
  expect(instantIn("2026-11-26T18:00", "Europe/Zurich")).toBe("2026-11-26T17:00:00Z");
  expect(instantIn("2026-07-01T00:30", "Europe/Zurich")).toBe("2026-06-30T22:30:00Z");
  expect(instantIn("2026-10-25T02:30", "Europe/Zurich")).toBe("2026-10-25T00:30:00Z"); // twice: the first
  expect(instantIn("2026-03-29T02:30", "Europe/Zurich")).toBe("2026-03-29T01:30:00Z"); // never: the next hour
  expect(instantIn("2026-11-26T18:00", "Asia/Kathmandu")).toBe("2026-11-26T12:15:00Z");
  expect(instantIn("soon", "Europe/Zurich")).toBe("");
});
