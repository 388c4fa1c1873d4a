// An item that touches an entity's mandate: said by its seat, and what came of it by the secretariat.
import { type Answer, built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  test(`a mandate is named and settled, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const meeting = await planned(ask, `Mandates, ${told(way)}`, { title: `A mandate, ${told(way)}`, procedure: "consensus" });
    const { agenda } = await ask("amara", "GET", `/meetings/${meeting}`);
    const { id } = agenda[0];
    await as("oluwaseun", way.lang);
    await page.goto(`/app/questions/${id}`);
    const part = page.locator("section[aria-labelledby=mandates]");
    await press(part.getByRole("button", { name: t("mandate.raise") }));
    await press(part.getByRole("button", { name: t("mandate.send") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await write(page.locator("#mandate-text"), "It is ours by our statute.");
    await press(part.getByRole("button", { name: t("mandate.send") }));
    await expect(part).toContainText("It is ours by our statute.");
    await expect(part).toContainText(t("mandate.open"));
    if (!way.keyboard) await sound(page);

    // It waits on whoever has to settle it, until it is.
    await as("amara", way.lang);
    await page.goto("/app/");
    await press(page.locator(`main a[href="/app/questions/${id}"]`).first());
    await press(part.getByRole("button", { name: t("mandate.settle") }));
    await write(page.locator("#settling-parties"), "The Principals");
    await write(page.locator("#settling-text"), "They share it.");
    await press(part.getByRole("button", { name: t("mandate.record") }));
    await expect(page.locator("#settling-on")).toHaveAttribute("aria-invalid", "true");
    await page.locator("#settling-on").fill(new Date().toISOString().slice(0, 10));
    await press(part.getByRole("button", { name: t("mandate.record") }));
    await expect(part).toContainText("They share it.");
    await expect(part).toContainText(t("mandate.settled"));
    const waits = async () => (await ask("amara", "GET", "/tasks")).tasks.some((x: Answer) => x.kind === "mandate.settle" && x.id === id);
    await expect.poll(waits).toBe(false);
    if (!way.keyboard) await sound(page);
  });
}
