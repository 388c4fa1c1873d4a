import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Deadline } from "./DateTime";

const text = (mine: string, now: string) =>
  render(<Deadline label="Silence until" value="2026-11-26T17:00:00Z" zone="Europe/Zurich" mine={mine} now={new Date(now)} />).container
    .textContent;

it("names both places, and what is left", () => {
  expect(text("Africa/Nairobi", "2026-11-21T19:00:00Z")).toBe(
    "Silence until 26 November 2026, 18:00 in Geneva" + "That is 20:00 where you are (Nairobi). 4 days and 22 hours left.",
  );
});

it("names the reader's day where it is another", () => {
  expect(text("Pacific/Auckland", "2026-11-26T16:58:30Z")).toContain(
    "That is 27 November 2026, 06:00 where you are (Auckland). 1 minute left.",
  );
});

it("says nothing twice where the reader is in the fund's place, and that it has passed", () => {
  expect(text("Europe/Zurich", "2026-11-26T17:00:00Z")).toBe("Silence until 26 November 2026, 18:00 in Geneva" + "The time has passed.");
});

it("ends a day at 24:00 of that day, wherever it is midnight", () => {
  const end = (zone: string, mine: string) =>
    render(<Deadline label="Silence until" value="2026-12-03T23:00:00Z" zone={zone} mine={mine} now={new Date("2026-12-03T22:00:00Z")} />)
      .container.textContent;
  expect(end("Europe/Zurich", "Europe/Zurich")).toContain("3 December 2026, 24:00 in Geneva");
  expect(end("Europe/London", "Europe/Zurich")).toMatch(/3 December 2026, 23:00.*24:00/);
});
