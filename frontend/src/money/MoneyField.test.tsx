import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { activate } from "../words/i18n";
import { Amount } from "./Amount";
import { MoneyField } from "./MoneyField";

function Form({ start = "" }: { start?: string }) {
  const [value, setValue] = useState<string | null>(start);
  return (
    <>
      <MoneyField id="amount" label="Amount" currency="USD" value={value} onChange={setValue} />
      <output>{value === null ? "none" : value}</output>
    </>
  );
}

const input = () => screen.getByLabelText("Amount") as HTMLInputElement;
const type = (text: string) => {
  fireEvent.change(input(), { target: { value: text } });
  fireEvent.blur(input());
};

it("tells the exact amount and writes it out when left", () => {
  render(<Form />);
  type("1250.5");
  expect(screen.getByRole("status").textContent).toBe("1250.50");
  expect(input().value).toBe("1,250.50");
});

it("keeps what is no amount as it was typed, and says what is wrong", () => {
  render(<Form start="18500.00" />);
  type("18 5OO");
  expect(input().value).toBe("18 5OO");
  expect(input().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByRole("status").textContent).toBe("none");
});

it("refuses a third decimal and does not round it", () => {
  render(<Form />);
  type("0.005");
  expect(input().value).toBe("0.005");
  expect(screen.getByRole("status").textContent).toBe("none");
});

it("reads the language of the page, and writes over when it changes", async () => {
  render(<Form start="1250.50" />);
  await act(() => activate("fr"));
  expect(input().value).toBe("1\u202f250,50");
  await act(() => activate("ar"));
  type("٢٬٠٠٠٫٢٥");
  expect(screen.getByRole("status").textContent).toBe("2000.25");
});

it("an amount carries its exact value and stands by itself", () => {
  const { container } = render(<Amount value="-1302118.40" currency="USD" />);
  expect(container.innerHTML).toContain('<bdi dir="ltr"');
  expect(container.querySelector("data")?.getAttribute("value")).toBe("-1302118.40");
  expect(container.textContent).toBe("USD\u00a0−1,302,118.40");
});

it("is typed key by key, whatever its form keeps while what is typed is no amount", async () => {
  function Keeping() {
    const [kept, keep] = useState("7.00");
    return (
      <>
        <MoneyField id="amount" label="Amount" currency="USD" value={kept} onChange={(value) => value && keep(value)} />
        <output>{kept}</output>
        <button type="button" onClick={() => keep("9.00")}>
          another
        </button>
      </>
    );
  }
  render(<Keeping />);
  for (const [language, text, amount] of [
    ["en", "1,234.56", "1234.56"],
    ["fr", "400 000,50", "400000.50"],
    ["ar", "١٢٣٤٫٥٦", "1234.56"],
  ] as const) {
    await act(() => activate(language));
    for (let n = 0; n <= text.length; n++) fireEvent.change(input(), { target: { value: text.slice(0, n) } });
    expect(input().value).toBe(text);
    expect(screen.getByRole("status").textContent).toBe(amount);
  }
  fireEvent.change(input(), { target: { value: "abc" } });
  expect(input().value).toBe("abc");
  await act(() => activate("en"));
  expect(input().value).toBe("abc");
  fireEvent.click(screen.getByRole("button"));
  expect(input().value).toBe("9.00");
});
