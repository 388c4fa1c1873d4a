import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Field, Radios } from "./Field";

it("says label, hint and error of an input, in that order", () => {
  render(<Field id="title" label="Title" hint="As on the cover." error="Enter a title." defaultValue="" />);
  const input = screen.getByLabelText("Title");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const said = input
    .getAttribute("aria-describedby")!
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(said).toEqual(["As on the cover.", "Error: Enter a title."]);
});

it("says nothing that is not there", () => {
  render(<Field id="title" label="Title" />);
  expect(screen.getByLabelText("Title").hasAttribute("aria-describedby")).toBe(false);
  expect(screen.getByLabelText("Title").hasAttribute("aria-invalid")).toBe(false);
});

it("the first radio has the id that a refusal points at", () => {
  const change = vi.fn();
  render(
    <Radios
      id="position"
      label="Position"
      value="silent"
      onChange={change}
      options={[
        { value: "silent", label: "Stay silent" },
        { value: "join", label: "Join" },
      ]}
    />,
  );
  expect((document.getElementById("position") as HTMLInputElement).checked).toBe(true);
  fireEvent.click(screen.getByLabelText("Join"));
  expect(change).toHaveBeenCalledWith("join");
});
