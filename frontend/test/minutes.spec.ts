// The minutes of a meeting that is over: drafted, written around the record, circulated, corrected by a member; and
// what a decision asks, and its record, sent out.
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

for (const way of ways.filter((w) => w.lang !== "ar" || !w.keyboard)) {
  const t = words(way.lang);

  test(`minutes are drafted, circulated and corrected, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const { id } = await ask("amara", "POST", "/meetings", { title: `Minuted, ${told(way)}`, starts_at: "2020-01-01T09:00:00Z" });
    await ask("beatriz", "POST", `/meetings/${id}/opening`, {});
    await ask("beatriz", "POST", `/meetings/${id}/closing`, {});

    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}`);
    await press(page.getByRole("link", { name: t("minutes.open") }));
    await press(page.getByRole("button", { name: t("minutes.draft") }));
    await press(page.getByRole("button", { name: t("minutes.write-of", { title: t("minutes.opening") }) }));
    await write(page.locator("#text"), "The Chair opened.");
    await press(page.getByRole("button", { name: t("minutes.save") }));
    await expect(page.getByText("The Chair opened.")).toBeVisible();
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("minutes.circulate") }));
    await expect(page.getByText(t("minutes.state.circulated"), { exact: true })).toBeVisible();

    await as("beatriz", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    await press(page.getByRole("button", { name: t("minutes.correction-do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // what it should say, is asked
    await write(page.locator("#said"), "Opened at nine.");
    await press(page.getByRole("button", { name: t("minutes.correction-do") }));
    await expect(page.getByText("Opened at nine.").first()).toBeVisible();
    if (!way.keyboard) await sound(page);

    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    await press(page.getByRole("button", { name: t("minutes.answer-of", { n: "1" }) }));
    await press(page.getByRole("button", { name: t("minutes.answer"), exact: true }));
    await expect(page.getByRole("alert")).toBeFocused(); // and why
    await write(page.locator("#reason"), "The record has the hour.");
    await press(page.getByRole("button", { name: t("minutes.answer"), exact: true }));
    await expect(page.getByText("The record has the hour.")).toBeVisible();
  });
}
