// A vote by roll call: who in the room has not answered is named, and the Chair records whoever was called in vain.
import { built, expect, sound, test } from "./example";
import { planned, seated, spoken } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  test(`a roll call is closed when nobody is left to answer, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, pick } = hands(page, way.keyboard);
    const meeting = await planned(ask, `Roll call, ${told(way)}`, { title: `Called, ${told(way)}`, procedure: "vote" });
    const [{ id }] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await seated(ask, meeting);
    await ask("beatriz", "POST", `/questions/${id}/opening`);
    const deciding = await spoken(ask, id, []);
    await spoken(ask, id, Array(deciding - 2).fill("yes"));
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    const part = page.locator("section[aria-labelledby=roll-call]");
    const boxes = part.getByRole("checkbox");
    await expect(boxes).toHaveCount(2);

    // Announced too early it is refused, with the seats named.
    const dialog = page.getByRole("dialog");
    await press(page.getByRole("button", { name: t("chair.announce") }));
    await press(dialog.getByRole("button", { name: t("chair.announce") }));
    await expect(dialog.getByRole("alert")).toBeFocused();
    await press(dialog.getByRole("button", { name: t("dialog.cancel") }));

    // Nobody chosen is an error at its field; then both are recorded.
    await press(part.getByRole("button", { name: t("chairing.note") }));
    await expect(part.getByRole("alert")).toBeFocused();
    if (!way.keyboard) await sound(page);
    await pick(boxes.nth(0));
    await pick(boxes.nth(1));
    await press(part.getByRole("button", { name: t("chairing.note") }));
    await expect(boxes).toHaveCount(0);
    await expect(part).toContainText(t("chairing.missed", { seats: "" }).split(":")[0]!);
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("chair.announce") }));
    await press(dialog.getByRole("button", { name: t("chair.announce") }));
    await expect(page.getByRole("status").locator('a[href*="/decisions/"]')).toBeVisible();
  });
}
