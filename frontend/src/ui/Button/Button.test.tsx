import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Button } from "./Button";

it("acts once a press, and not at all while busy", () => {
  const act = vi.fn();
  const { rerender } = render(<Button onClick={act}>Send</Button>);
  fireEvent.click(screen.getByRole("button"));
  rerender(
    <Button busy onClick={act}>
      Send
    </Button>,
  );
  fireEvent.click(screen.getByRole("button"));
  expect(act).toHaveBeenCalledTimes(1);
  expect(screen.getByRole("button").getAttribute("aria-busy")).toBe("true");
  expect(screen.getByRole("button").hasAttribute("disabled")).toBe(false); // it keeps the focus
});

it("submits no form unless told to", () => {
  render(<Button>Add</Button>);
  expect(screen.getByRole("button").getAttribute("type")).toBe("button");
});
