import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Tag } from "./Tag";

it("says its state in a word, with the letter that pairs it", () => {
  expect(render(<Tag tone="warn">Unmatched</Tag>).container.textContent).toBe("Unmatched");
  expect(
    render(
      <Tag tone="link" letter="E" suggested>
        Suggested
      </Tag>,
    ).container.textContent,
  ).toBe("ESuggested");
});
