// What a small screen asks for: the places in one line that opens, the fund's flow without a scroll of its own.
import { built, expect, overflow, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.use({ viewport: { width: 375, height: 812 } });

for (const way of ways.filter((w) => w.keyboard !== (w.lang === "en"))) {
  const t = words(way.lang);
  test(`on a phone the places open from the line that says where one is, ${told(way)}`, async ({ page, as }) => {
    const { press } = hands(page, way.keyboard);
    await as("amara", way.lang);
    const menu = page.locator("nav button");
    const to = page.locator('nav a[href="/app/decisions"]');
    await expect(menu).toContainText(t("nav.tasks"));
    await expect(to).toBeHidden();
    await press(menu);
    await expect(menu).toHaveAttribute("aria-expanded", "true");
    await sound(page);
    await press(to);
    await expect(page.locator("h1")).toBeFocused();
    await expect(menu).toContainText(t("nav.decisions"));
    await expect(to).toBeHidden();
    await page.setViewportSize({ width: 1280, height: 900 });
    await expect(to).toBeVisible();
    await expect(menu).toBeHidden();
  });
}

for (const lang of ["en", "ar"])
  test(`the fund's flow is whole on the narrowest phone, ${lang}`, async ({ page, example }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${example.url}/${lang}/`);
    const flow = page.locator("section[aria-labelledby=flow] .drawing");
    const picture = flow.locator("svg");
    await picture.waitFor();
    expect(await flow.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0);
    // From where, into what and to whom: all three stand in it, with the very figures of the table.
    for (const kind of ["from", "fund", "to"]) expect(await picture.locator(`.bar.${kind}`).count()).toBeGreaterThan(0);
    const figures = await page.locator("table[data-chart=flow] tr:has([data-kind=from]) data").allTextContents();
    for (const figure of figures) await expect(picture).toContainText(figure.trim());
    expect(await overflow(page)).toBe(0);
  });
