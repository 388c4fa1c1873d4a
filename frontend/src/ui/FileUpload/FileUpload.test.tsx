import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { FileUpload } from "./FileUpload";
import { size } from "./size";

const choose = (name: string, bytes: number) =>
  fireEvent.change(screen.getByLabelText("Documents"), { target: { files: [new File(["x".repeat(bytes)], name)] } });

it("tells how far a file is, that it is there, and tries again", async () => {
  let finish = () => {};
  const send = vi
    .fn()
    .mockRejectedValueOnce(new Error("This file holds a virus."))
    .mockImplementation((_: File, progress: (n: number) => void) => {
      progress(5);
      return new Promise<void>((done) => {
        finish = done;
      });
    });
  render(<FileUpload id="documents" label="Documents" largest={100} send={send} />);
  choose("plan.pdf", 10);
  await screen.findByText("This file holds a virus.");
  fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect((await screen.findByRole("progressbar")).getAttribute("value")).toBe("5");
  finish();
  await waitFor(() => expect(screen.getByText("Uploaded")).toBeTruthy());
});

it("sends nothing that is too large", async () => {
  const send = vi.fn();
  render(<FileUpload id="documents" label="Documents" largest={100} send={send} />);
  choose("film.mov", 101);
  await screen.findByText("This file has 101 B; the most is 100 B.");
  expect(send).not.toHaveBeenCalled();
});

it("says sizes as people do", () => expect([size(512), size(348_160), size(2_621_440)]).toEqual(["512 B", "340 KB", "2.5 MB"]));
