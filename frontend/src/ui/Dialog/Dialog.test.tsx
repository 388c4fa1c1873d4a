import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { Dialog } from "./Dialog";

it("opens over the page under its title, and closes by its cross and by Escape", () => {
  const close = vi.fn();
  render(
    <Dialog title="Release this transfer?" onClose={close}>
      <p>USD 612,450.00 to IOM.</p>
    </Dialog>,
  );
  const dialog = screen.getByRole("dialog", { name: "Release this transfer?" }) as HTMLDialogElement;
  expect(dialog.open).toBe(true);
  fireEvent.click(screen.getByRole("button", { name: "Close" }));
  fireEvent(dialog, new Event("cancel", { cancelable: true }));
  expect(close).toHaveBeenCalledTimes(2);
});

it("stays where no way out is given", () => {
  render(<Dialog title="Sign in again">…</Dialog>);
  const dialog = screen.getByRole("dialog") as HTMLDialogElement;
  fireEvent(dialog, new Event("cancel", { cancelable: true }));
  expect(dialog.open).toBe(true);
  expect(screen.queryByRole("button")).toBeNull();
});
