// What a small screen asks for: the places in one line that opens, the fund's flow without a scroll of its own.
import { type Answer, built, expect, overflow, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.use({ viewport: { width: 375, height: 812 } });

for (const way of ways.filter((w) => w.keyboard !== (w.lang === "en"))) {
  const t = words(way.lang);
  test(`a sheet of ten criteria says which are open, leads to each and to the documents, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, pick } = hands(page, way.keyboard);
    const waiting = await ask("astrid", "GET", "/assessments");
    const { proposal } = waiting.find((a: Answer) => !a.scored && a.may.includes("score.submit"));
    await as("astrid", way.lang);
    await page.goto(`/app/assessments/${proposal.id}`);
    const numbers = page.locator("form nav ol a");
    await expect(numbers).toHaveCount(10);
    await press(numbers.nth(6));
    const seventh = page.locator("form fieldset").nth(6);
    await expect(seventh.locator("input").first()).toBeFocused();
    // Its name is not under the line of numbers, which stays in sight.
    const bar = (await page.locator("form nav").boundingBox())!;
    expect(bar.y).toBeLessThanOrEqual(1);
    expect((await seventh.locator("legend").boundingBox())!.y).toBeGreaterThanOrEqual(bar.y + bar.height - 1);
    const open = await numbers.nth(6).getAttribute("aria-label");
    await pick(seventh.locator("input").nth(2));
    await expect(numbers.nth(6)).not.toHaveAttribute("aria-label", open!);
    await sound(page);
    await press(page.getByRole("link", { name: t("score.documents") }));
    await expect(page.locator("#documents")).toBeInViewport();
  });

  test(`what is left to reconcile is in sight and the seldom acts fold, ${told(way)}`, async ({ page, as }) => {
    const { press } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await page.goto("/app/reconcile");
    const fold = page.getByRole("button", { name: t("reconcile.more") });
    const keys = page.getByRole("button", { name: t("reconcile.keys"), exact: true });
    await fold.waitFor();
    await expect(keys).toBeHidden();
    await press(fold);
    await expect(keys).toBeVisible();
    await press(fold);
    const bar = page.locator("[data-bar]");
    await expect(bar).toContainText(t("reconcile.left", { count: "4" }));
    const box = page.locator("[data-side=bank] input[type=checkbox]:enabled").first();
    await box.check();
    await expect(bar.getByRole("button", { name: t("reconcile.match-chosen") })).toBeDisabled();
    expect((await bar.boundingBox())!.height).toBeLessThan(72); // one line
    await sound(page);
    await press(bar.getByRole("button", { name: t("reconcile.choose-none") }));
    await expect(box).not.toBeChecked();
  });

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
