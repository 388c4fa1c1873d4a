import { expect, it } from "vitest";
import { formatDay, formatInstant, formatShortDay, left, placeOf } from "./dates";

it.each([
  ["en", "1 October 2026"],
  ["fr", "1er octobre 2026"],
  ["es", "1 de octubre de 2026"],
  ["ar", "1 تشرين الأول/أكتوبر 2026"],
  ["ru", "1 октября 2026 года"],
  ["zh", "2026年10月1日"],
])("a day in %s", (language, text) => expect(formatDay("2026-10-01", language)).toBe(text));

it("an instant is a day and an hour of a place", () => {
  const at = new Date("2026-11-26T23:30:00Z");
  expect(formatInstant(at, "Europe/Zurich", "en")).toEqual({ day: "27 November 2026", time: "00:30" });
  expect(formatInstant(at, "America/New_York", "en")).toEqual({ day: "26 November 2026", time: "18:30" });
  expect(placeOf("Africa/Addis_Ababa", "en")).toBe("Addis Ababa");
  expect(placeOf("Europe/Zurich", "ru")).toBe("Женева");
});

it("short days keep their two figures", () => {
  expect(formatShortDay("2026-10-01", "en")).toBe("01 Oct 2026");
  expect(formatShortDay("2026-10-01", "fr")).toBe("01/10/2026");
});

it("what is left is whole, and nothing once it has passed", () => {
  const now = new Date("2026-11-21T19:00:30Z");
  expect(left(new Date("2026-11-26T17:00:00Z"), now)).toEqual({ days: 4, hours: 21, minutes: 59 });
  expect(left(new Date("2026-11-21T19:00:31Z"), now)).toEqual({ days: 0, hours: 0, minutes: 0 });
  expect(left(now, now)).toBeNull();
});
