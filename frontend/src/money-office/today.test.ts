import { afterEach, expect, it, vi } from "vitest";
import { fund } from "../shell/fund";
import { today } from "./office";

const zone = fund.zone;
afterEach(() => {
  vi.useRealTimers();
  fund.zone = zone;
});

it("is the fund's day, wherever the reader is", () => {
  vi.useFakeTimers({ now: new Date("2026-11-22T23:30:00Z") });
  fund.zone = "America/New_York";
  expect(today()).toBe("2026-11-22");
  fund.zone = "Africa/Nairobi";
  expect(today()).toBe("2026-11-23");
});
