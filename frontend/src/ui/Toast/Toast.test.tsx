import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Toasts, useToast } from "./Toast";

afterEach(() => vi.useRealTimers());

function Page() {
  const toast = useToast();
  return (
    <button type="button" onClick={() => toast("Saved.")}>
      Save
    </button>
  );
}

it("is read aloud, leaves the focus where it is, and goes by itself", () => {
  vi.useFakeTimers();
  render(
    <Toasts>
      <Page />
    </Toasts>,
  );
  const button = screen.getByRole("button", { name: "Save" });
  button.focus();
  fireEvent.click(button);
  expect(screen.getByRole("status").textContent).toContain("Saved.");
  expect(document.activeElement).toBe(button);
  act(() => vi.advanceTimersByTime(10_001));
  expect(screen.getByRole("status").textContent).toBe("");
});
