// Meetings: who attends without a seat, what members ask the agenda to have, where it is held, and the item before the body.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

/** The meeting that is under way in the example. */
const underWay = "Second meeting since the rotation";

for (const way of ways) {
  const t = words(way.lang);
  const mark = `${way.lang}${way.keyboard ? " K" : ""}`;

  test(`somebody who takes no seat comes and goes, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const name = `Ola Observer ${mark}`;
    const organisation = (await ask("ingrid", "GET", "/organisations?limit=200")).find((o: Answer) => o.code === "IOM").id;
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.getByRole("link", { name: underWay }));
    const part = page.getByRole("region", { name: t("attending.title") });
    await press(part.locator("summary"), "Enter");
    await press(part.getByRole("button", { name: t("attending.do"), exact: true }));
    await expect(page.getByRole("alert")).toBeFocused(); // nobody is named
    if (!way.keyboard) await sound(page);
    await write(part.locator("#name"), name);
    await choose(part.locator("#as"), "agent");
    await choose(part.locator("#organisation"), organisation);
    await press(part.getByRole("button", { name: t("attending.do"), exact: true }));
    const row = part.getByRole("listitem").filter({ hasText: name });
    await expect(row).toContainText(t("attending.as.agent"));
    await press(row.getByRole("button"));
    await expect(row.getByRole("button")).toBeHidden();
    await expect(row.locator("time")).toHaveCount(2);
    if (!way.keyboard) await sound(page);
  });
}
