import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { DayField } from "./DayField";

it("asks for whole days alone, and for none once it is left empty", () => {
  const onDay = vi.fn();
  render(<DayField id="on" label="On" value="2026-11-22" onDay={onDay} />);
  const field = screen.getByLabelText("On");
  for (const value of ["0002-11-22", "0020-11-22", "0202-11-22", "2025-11-22"]) fireEvent.change(field, { target: { value } });
  expect(onDay.mock.calls).toEqual([["2025-11-22"]]);
  fireEvent.change(field, { target: { value: "" } });
  expect(onDay.mock.calls.length).toBe(1);
  fireEvent.blur(field);
  expect(onDay.mock.calls[1]).toEqual([""]);
});

it("shows the day looked at again where half of another was left in it", () => {
  render(<DayField id="on" label="On" value="2026-11-22" onDay={() => {}} />);
  const field = screen.getByLabelText<HTMLInputElement>("On");
  fireEvent.change(field, { target: { value: "0002-11-22" } });
  fireEvent.blur(field);
  expect(field.value).toBe("2026-11-22");
});
