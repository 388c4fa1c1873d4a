// The charter: its rules on a day, a draft of a new version that is put on an agenda, and a new member's first page.
import { readFileSync } from "node:fs";
import { built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

/** What the program's dictionary calls a rule, or a word of its value. */
const called = (area: "rule" | "value", lang: string, id: string) => {
  const file = readFileSync(new URL(`../../api/words/${area}.${lang}.yaml`, import.meta.url), "utf8");
  const said = file.match(new RegExp(`^${area}\\.${id.replaceAll(".", "\\.")}: "(.*)"$`, "m"))?.[1];
  if (!said) throw new Error(`${lang} has no ${area}.${id}`);
  return said;
};

for (const way of ways.filter((w) => w.lang === "en" || !w.keyboard)) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`rules are read, drafted and put to the body, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, rewrite, choose } = hands(page, way.keyboard);
    const meeting = await planned(ask, `For the rules, ${name}`);
    await as("amara", way.lang);
    await page.goto("/app/charter");
    await expect(page.locator("main")).toContainText(t("rules.part.terms"));
    // Rules and the words of their values are named in the reader's language, the path beside them.
    await press(page.locator("summary").filter({ hasText: t("rules.part.body") }));
    const quorum = page.getByRole("row").filter({ hasText: called("rule", way.lang, "quorum.threshold") });
    await expect(quorum).toContainText(called("value", way.lang, "at-least"));
    await expect(quorum).toContainText("/body/quorum/threshold");
    if (!way.keyboard) await sound(page);
    await write(page.locator("#title"), `Longer terms, ${name}`);
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("rules.begin") }));
    await page.waitForURL(/drafts/);
    await expect(page.locator("main")).toContainText(t("rules.lacks"));
    await press(page.getByRole("link", { name: t("rules.part.terms") }).last());

    // What breaks a rule is kept and told at its field; what is mended is ready for the body.
    const months = page.locator("#terms-months");
    await press(months.getByRole("button"));
    await rewrite(page.locator("#terms-months-value"), "1000");
    await write(page.locator("#terms-months-reason"), "Members asked for it.");
    await expect(months.getByRole("status")).toContainText("1–120", { timeout: 15_000 });
    if (!way.keyboard) await sound(page);
    await rewrite(page.locator("#terms-months-value"), "24");
    await expect(months.getByRole("status")).toHaveCount(0, { timeout: 15_000 });
    await page.reload();
    await expect(page.locator("#terms-months-value")).toHaveValue("24");
    await press(page.getByRole("link", { name: t("rules.back") }));
    await expect(page.locator("main")).toContainText(t("rules.ready"));
    await expect(page.locator("main")).toContainText("Members asked for it.");
    if (!way.keyboard) await sound(page);

    // A word of a fixed list is chosen by its name.
    await press(page.getByRole("link", { name: t("rules.part.body") }).last());
    const tie = page.locator("#body-vote-tie");
    await expect(tie.getByRole("heading")).toContainText(called("rule", way.lang, "tie"));
    await expect(tie).toContainText(called("value", way.lang, "falls"));
    await press(tie.getByRole("button"));
    await expect(page.locator("#body-vote-tie-value option[value=chair-casts]")).toHaveText(called("value", way.lang, "chair-casts"));
    await choose(page.locator("#body-vote-tie-value"), "chair-casts");
    await write(page.locator("#body-vote-tie-reason"), "Somebody has to.");
    await press(page.getByRole("link", { name: t("rules.back") }));
    await expect(page.locator("main")).toContainText(called("value", way.lang, "chair-casts"), { timeout: 15_000 });
    if (!way.keyboard) await sound(page);

    await page.goto(`/app/meetings/${meeting}/questions/new`);
    await choose(page.locator("#kind"), "charter");
    const draft = page.locator("#rules option", { hasText: `Longer terms, ${name}` });
    await draft.waitFor({ state: "attached" });
    await choose(page.locator("#rules"), (await draft.getAttribute("value"))!);
    await write(page.locator("#text"), "The body adopts the new version.");
    await press(page.getByRole("button", { name: t("list.do") }));
    await page.waitForURL(new RegExp(`/meetings/${meeting}$`));

    // A new member finds the item, and from it what would change.
    await as("astrid", way.lang);
    await page.goto("/app/charter/start");
    await press(page.getByRole("link", { name: `Longer terms, ${name}` }).first());
    await press(page.locator('main a[href*="/charter/drafts/"]'));
    await expect(page.locator("main")).toContainText("Members asked for it.");
    if (!way.keyboard) await sound(page);
    await page.goto("/app/charter/start");
    await expect(page.locator("main")).toContainText(t("start.rules"));
    if (!way.keyboard) await sound(page);
  });
}
