// Who joins ad referendum: the capital's answer, on the item's page, and where it is read afterwards.
import { built, expect, sound, test } from "./example";
import { put } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  test(`a capital answers for a seat that joined ad referendum, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, pick } = hands(page, way.keyboard);
    const { id } = await put(ask, `Ad referendum, ${told(way)}`);
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    await pick(page.locator('input[type="radio"][value="ad-referendum"]'));
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect(page.getByText(t("position.taken")).first()).toBeVisible();
    const part = page.locator("section[aria-labelledby=referendum]");
    await expect(part).toHaveCount(0); // nobody is asked before it is announced
    const { number } = await ask("beatriz", "POST", `/questions/${id}/decision`, {});

    // She is asked, and does not confirm: not without saying why; nothing typed is lost.
    await page.reload();
    await expect(part).toContainText(t("referendum.stands"));
    await expect(part).toContainText(t("referendum.seat.open"));
    const reason = page.locator("#capital-reason");
    await press(part.getByRole("button", { name: t("referendum.refuse") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(reason).toHaveAttribute("aria-invalid", "true");
    await write(reason, "The ministry has doubts.");
    await page.reload();
    await expect(reason).toHaveValue("The ministry has doubts.");
    if (!way.keyboard) await sound(page);
    await press(part.getByRole("button", { name: t("referendum.refuse") }));
    await expect(part).toContainText(t("referendum.seat.not-confirmed"));
    await expect(reason).toHaveCount(0); // it is given once

    // It stands beside the decision, for whoever reads positions.
    await page.goto(`/app/decisions/${number}`);
    await expect(part).toContainText("The ministry has doubts.");
    if (!way.keyboard) await sound(page);
  });
}
