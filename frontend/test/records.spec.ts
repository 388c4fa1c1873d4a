// The record of a decision, taken home: its signed file and the fund's key, from the app and from the public site.
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");

type Signed = { key: string; signature: string; salts: Record<string, string>; record: { positions: unknown } };

for (const way of ways) {
  const t = words(way.lang);

  /** The file behind a link, as it was saved. */
  const saved = async (page: Page, link: Locator): Promise<Signed> => {
    const { press } = hands(page, way.keyboard);
    const [file] = await Promise.all([page.waitForEvent("download"), press(link)]);
    return JSON.parse(readFileSync(await file.path(), "utf8"));
  };

  test(`a member takes a decision home to count it again, ${told(way)}`, async ({ page, as, ask }) => {
    const { number } = (await ask("astrid", "GET", "/decisions"))[0];
    await as("astrid", way.lang);
    await page.goto(`/app/decisions/${number}`);
    const part = page.getByRole("region", { name: t("ruling.count-again") });
    const whole = await saved(page, part.getByRole("link", { name: t("ruling.file-whole") }));
    const open = await saved(page, part.getByRole("link", { name: t("ruling.file-public") }));
    expect(Array.isArray(whole.record.positions)).toBe(true);
    expect(Object.keys(open.record.positions as object)).toEqual(["withheld"]);
    expect(open.salts).toEqual({});
    expect(open.signature).toBe(whole.signature);
    await expect(part).toContainText(whole.key);
    await expect(part.getByRole("link", { name: t("ruling.key") })).toHaveAttribute("href", "/api/v1/decisions/key");
    if (!way.keyboard) await sound(page);
  });

  test(`a visitor takes home what is everybody's, ${told(way)}`, async ({ page, example }) => {
    const { press } = hands(page, way.keyboard);
    await page.goto(`${example.url}/${way.lang}/decisions`);
    await press(page.locator('main a[href*="/decisions/"]').first());
    const file = await saved(page, page.locator('main a[href$="/file?withhold=true"]'));
    expect(Object.keys(file.record.positions as object)).toEqual(["withheld"]);
    await expect(page.locator("main")).toContainText(file.key);
    if (!way.keyboard) await sound(page);
    await press(page.locator('main a[href="/api/v1/decisions/key"]'));
    await expect(page.locator("body")).toContainText(file.key);
  });

  test(`a member takes the papers of an item in writing, ${told(way)}`, async ({ page, as, ask }) => {
    const { press } = hands(page, way.keyboard);
    const q = { kind: "policy", procedure: "no-objection", title: `Papers, ${told(way)}`, text: "The body takes note.", language: "en" };
    const { id } = await ask("amara", "POST", "/silences", q);
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    const [file] = await Promise.all([page.waitForEvent("download"), press(page.getByRole("link", { name: t("papers.of-item") }))]);
    expect(file.suggestedFilename()).toMatch(/^item-W-\d{4}-\d+\.zip$/);
    expect(
      readFileSync(await file.path())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
    if (!way.keyboard) await sound(page);
  });
}
