// A meeting that the Coordinator cannot attend: she names a designee, thinks better of it, names another, and that one opens it.
import { built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  test(`a designee is named, taken back, replaced and opens the meeting, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, choose } = hands(page, way.keyboard);
    const meeting = await planned(ask, `Without the Chair, ${told(way)}`);
    const people = await ask("amara", "GET", `/meetings/${meeting}/accredited`);
    const who = people.find((p: { name: string }) => p.name.startsWith("Oluwaseun"));
    await as("beatriz", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    const part = page.locator("section[aria-labelledby=designee]");
    await press(part.getByRole("button", { name: t("chairing.designate") }));
    await expect(part.getByRole("alert")).toBeFocused();
    await expect(part.locator("#designee-person")).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await choose(part.locator("#designee-person"), who.person);
    await press(part.getByRole("button", { name: t("chairing.designate") }));
    await expect(part).toContainText(who.name);
    await press(part.getByRole("button", { name: t("chairing.take-back") }));
    await expect(part).toContainText(t("chairing.nobody"));
    await choose(part.locator("#designee-person"), who.person);
    await press(part.getByRole("button", { name: t("chairing.designate") }));
    await expect(part).toContainText(who.name);
    if (!way.keyboard) await sound(page);

    await as("oluwaseun", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    await expect(part).toContainText(who.name);
    await press(page.getByRole("button", { name: t("meeting.open") }));
    await expect(page.getByText(t("meeting.nothing-open"))).toBeVisible();
    await expect(page.locator("[aria-labelledby=room]")).toContainText(t("room.chair"));
  });
}
