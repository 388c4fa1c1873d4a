import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { TaskList } from "./TaskList";

it("leads to each task that can be started and says its state", () => {
  render(
    <TaskList
      label="Proposal"
      tasks={[
        { name: "Summary", href: "/summary", state: "done" },
        { name: "Submit", href: "/submit", state: "cannot-start", note: "Finish the other tasks first." },
      ]}
    />,
  );
  const link = screen.getByRole("link", { name: "Summary" });
  expect(document.getElementById(link.getAttribute("aria-describedby")!)?.textContent).toBe("Done");
  expect(screen.queryByRole("link", { name: "Submit" })).toBeNull();
  expect(screen.getByText("Cannot start yet")).toBeTruthy();
});
