import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { faultsByField, fieldId, type Problem } from "../../api/problem";
import { Field } from "../Field/Field";
import { ErrorSummary } from "./ErrorSummary";

const problem: Problem = {
  type: "/problems/bad-amount",
  code: "bad-amount",
  title: "An amount is needed.",
  status: 422,
  errors: [
    { code: "bad-amount", title: "An amount is needed.", detail: "18 5OO is not an amount.", field: "/budget/4/amount" },
    { code: "too-long", title: "The title is too long.", field: "/title" },
    { code: "closed", title: "The call has closed." },
  ],
};

it("leads to each field, says the same words there, and takes the focus", () => {
  document.title = "Budget";
  const errors = faultsByField(problem);
  const { rerender } = render(
    <>
      <ErrorSummary problem={problem} names={{ "budget-4-amount": "Travel, ILO" }} />
      <Field id="budget-4-amount" label="Travel" error={errors["budget-4-amount"]} />
    </>,
  );
  expect(document.activeElement).toBe(screen.getByRole("alert"));
  expect(document.title).toBe("Error: Budget");
  fireEvent.click(screen.getByRole("link", { name: "Travel, ILO: 18 5OO is not an amount." }));
  expect(document.activeElement?.id).toBe("budget-4-amount");
  expect(document.getElementById("budget-4-amount-error")?.textContent).toContain("18 5OO is not an amount.");
  expect(screen.getByText("The call has closed.").tagName).toBe("LI");
  rerender(<ErrorSummary problem={null} />);
  expect(document.title).toBe("Budget");
});

it("finds the nearest field above a pointer that goes deeper", () => {
  render(
    <>
      <ErrorSummary problem={{ type: "", code: "x", title: "Choose one.", status: 422, field: "/markers/gender/score" }} />
      <Field id="markers" label="Markers" />
    </>,
  );
  fireEvent.click(screen.getByRole("link"));
  expect(document.activeElement?.id).toBe("markers");
});

it("turns a JSON Pointer into an id", () => {
  expect(fieldId("/a~1b/0/c d")).toBe("a_b-0-c_d");
});
