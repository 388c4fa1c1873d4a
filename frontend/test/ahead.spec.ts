// Rules that are adopted ahead of their day: taken back by the body, with what follows from it named.
import { type Ask, built, expect, sound, test } from "./example";
import { inDays, planned, seated, spoken } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 150_000 });

/** The body adopts, in a meeting of its own, what a draft says: the decision's number. */
async function adopted(ask: Ask, draft: string, title: string): Promise<string> {
  const meeting = await planned(ask, title);
  const item = { kind: "charter", procedure: "consensus", title, text: title, language: "en", rules: draft };
  const { id } = await ask("amara", "POST", `/meetings/${meeting}/questions`, item);
  await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
  await seated(ask, meeting);
  await ask("beatriz", "POST", `/questions/${id}/opening`);
  await spoken(ask, id, ["agree"]);
  const { number } = await ask("beatriz", "POST", `/questions/${id}/decision`, {});
  await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  return number;
}

/** A draft that sets a number, for a day so many days ahead. */
async function redrafted(ask: Ask, title: string, days: number, rules: Record<string, number>): Promise<string> {
  const edits = Object.entries(rules).map(([path, value]) => ({
    path,
    do: "set",
    value,
    source: "known",
    reason: "The body wants it so.",
  }));
  const body = { title, language: "en", note: "", effective_from: inDays(days).slice(0, 10), edits };
  return (await ask("amara", "POST", "/charter/drafts", body)).id;
}

for (const way of ways) {
  const t = words(way.lang);

  test(`rules adopted ahead are taken back, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const network = (await ask("amara", "GET", "/charter")).rules.constituencies[0].key;
    const { length } = (await ask("amara", "GET", "/seats")).filter((s: { constituency: string }) => s.constituency === network);
    const ahead = await redrafted(ask, `Far ahead, ${told(way)}`, 500, { [`/constituencies/${network}/seats`]: length + 1 });
    await adopted(ask, ahead, `Far ahead, ${told(way)}`);
    const versions = await ask("amara", "GET", "/charter/versions");
    const { version } = versions.at(-1);

    await as("amara", way.lang);
    await page.goto("/app/charter/versions");
    await press(page.locator("summary").filter({ hasText: t("ahead.back", { n: version }) }));
    await press(page.getByRole("button", { name: t("ahead.begin") }));
    await expect(page.getByRole("alert")).toBeFocused(); // not without a title
    if (!way.keyboard) await sound(page);
    await write(page.locator("#title"), `Not yet, ${told(way)}`);
    await write(page.locator("#note"), "The donors need another year.");
    await press(page.getByRole("button", { name: t("ahead.begin") }));
    await page.waitForURL(/drafts/);
    await expect(page.locator("main")).toContainText(`${network}-${length + 1}`);
    await expect(page.locator("main")).toContainText(t("ahead.given-none"));
    await expect(page.locator("main")).toContainText(t("rules.ready"));
    if (!way.keyboard) await sound(page);

    const number = await adopted(ask, page.url().split("/").at(-1)!, `Not yet, ${told(way)}`);
    await page.goto("/app/charter/versions");
    await expect(page.getByRole("row").filter({ hasText: t("ahead.taken-back-by", { number }) })).toContainText(t("ahead.taken-back"));
    await expect(page.locator("summary").filter({ hasText: t("ahead.back", { n: version }) })).toHaveCount(0);
    if (!way.keyboard) await sound(page);

    // Whoever reads its public page finds which version it took back, and what differs.
    await page.goto(`/${way.lang}/decisions/${number}`);
    await page.locator(`a[href*="charter/versions?from="]`).click();
    await expect(page.locator("main")).toContainText(number);
    await expect(page.locator("main")).toContainText("/constituencies/");
    if (!way.keyboard) await sound(page);
  });
}
