// The pipeline: a programme is put on an agenda to enter it, what is said of one is corrected, and an edition is published that everybody reads.
import { built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways.filter((w) => w.lang === "en" || !w.keyboard)) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a programme without a proposal is put on the agenda, one is corrected, an edition published, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press, write, rewrite, choose, pick } = hands(page, way.keyboard);
    const meeting = await planned(ask, `For the pipeline, ${name}`);
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${meeting}/questions/new`);
    await choose(page.locator("#kind"), "pipeline");
    await choose(page.locator("#pipeline-move"), "facts");
    await write(page.locator("#title"), `Into the pipeline, ${name}`);
    await write(page.locator("#text"), "The body takes it into the pipeline.");
    await press(page.getByRole("button", { name: t("list.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // its facts are missing, each at its field
    await expect(page.locator("#pipeline-facts-purpose-error")).toBeVisible();
    if (!way.keyboard) await sound(page);
    await write(page.locator("#pipeline-facts-title"), `A window for those who pass, ${name}`);
    await write(page.locator("#pipeline-facts-purpose"), "Two states answer with one form.");
    const organisations = await ask("amara", "GET", "/organisations?limit=200");
    const id = (kind: string) => organisations.find((o: { kind: string }) => o.kind === kind).id;
    await choose(page.locator("#pipeline-facts-states"), id("state"));
    await press(page.getByRole("button", { name: `${t("pipe.add")} ${t("pipe.states")}` }));
    await choose(page.locator("#pipeline-facts-area"), "area-3");
    await pick(page.locator("#pipeline-facts-objectives input").first());
    await choose(page.locator("#pipeline-facts-organisations"), id("un"));
    await press(page.getByRole("button", { name: `${t("pipe.add")} ${t("pipe.organisations")}` }));
    await write(page.locator("#pipeline-facts-budget"), "750000");
    await press(page.getByRole("button", { name: t("list.do") }));
    await page.waitForURL(new RegExp(`/meetings/${meeting}$`));
    await press(page.getByRole("link", { name: `Into the pipeline, ${name}` }));
    await expect(page.locator("main")).toContainText(t("decide.pipeline.enter", { ref: `A window for those who pass, ${name}` }));

    await page.goto("/app/meetings");
    await press(page.locator('main a[href="/app/office/pipeline"]'));
    await press(page.getByRole("button", { name: t("pipe.correct") }).first());
    await rewrite(page.locator("#facts-budget"), "1650001");
    await press(page.getByRole("button", { name: t("pipe.save") }));
    await expect(page.getByRole("alert")).toBeFocused(); // a correction has a reason
    if (!way.keyboard) await sound(page);
    await write(page.locator("#reason"), "One dollar more.");
    await press(page.getByRole("button", { name: t("pipe.save") }));
    await expect(page.locator("#reason")).toHaveCount(0);
    const before = await page.locator("main a[href*='/pipeline/editions/']").count();
    await write(page.locator("#foreword"), "As it stands.");
    await press(page.getByRole("button", { name: t("pipe.publish"), exact: true }));
    await expect(page.locator("main a[href*='/pipeline/editions/']")).toHaveCount(before + 1);
    await page.goto(`/${way.lang}/pipeline/editions/${before + 1}`);
    await expect(page.locator("main")).toContainText("As it stands.");
    await expect(page.locator("main a[href$='/content']")).toBeVisible();
  });
}
