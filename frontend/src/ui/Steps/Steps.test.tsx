import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Steps } from "./Steps";

it("says where one is and what is done, without colour", () => {
  render(
    <Steps
      label="Steps"
      here="/budget"
      steps={[
        { name: "Summary", href: "/summary", state: "done" },
        { name: "Budget", href: "/budget", state: "in-progress" },
        { name: "Submit", href: "/submit", state: "cannot-start" },
      ]}
    />,
  );
  expect(screen.getByRole("link", { current: "step" }).textContent).toBe("2Budget In progress");
  expect(screen.getByRole("link", { name: "Summary Done" })).toBeTruthy();
  expect(screen.getAllByRole("link")).toHaveLength(2);
});
