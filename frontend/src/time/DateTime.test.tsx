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
