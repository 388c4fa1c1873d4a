// What a decision asks of a programme: said to be fulfilled by its people, returned or confirmed by the secretariat,
// seen by everybody; and written by the secretariat into the next question.
import { built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

for (const way of ways.filter((w) => !(w.lang === "ar" && w.keyboard))) {
  const t = words(way.lang);
  const returned = way.lang === "en" && !way.keyboard; // that journey's claim comes back

  test(`a condition is claimed, and ${returned ? "returned" : "confirmed"}, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const programmes = await ask("amara", "GET", "/programmes");
    const all = await Promise.all(programmes.map((p: { id: string }) => ask("amara", "GET", `/programmes/${p.id}/conditions`)));
    const three = all.find((list) => list.length === 3); // the programme that UNHCR convenes
    const c = three.find((x: { state: string; n: number }) => x.state === "open" && x.n === (way.lang === "ar" ? 3 : 2));
    const card = page.locator("article").filter({ hasText: c.ref });

    await as("fabrice", way.lang);
    await page.goto("/app");
    await press(page.getByRole("link", { name: t("waiting.condition.fulfil", { ref: c.ref }) }));
    await expect(card.getByText(t("condition.state.open"), { exact: true })).toBeVisible();
    await press(card.getByRole("button", { name: t("condition.claim-title") }));
    await press(card.getByRole("button", { name: t("condition.claim"), exact: true }).last());
    await expect(page.getByRole("alert")).toBeFocused(); // how, is asked
    if (!way.keyboard) await sound(page);
    await write(card.locator("#text"), `Done, ${told(way)}.`);
    await press(card.getByRole("button", { name: t("condition.claim"), exact: true }).last());
    await expect(card.getByText(t("condition.state.claimed"), { exact: true }).first()).toBeVisible();

    await as("amara", way.lang);
    await page.goto("/app");
    await press(page.getByRole("link", { name: t("waiting.condition.find", { ref: c.ref }) }));
    await press(card.getByRole("button", { name: t("condition.find-title") }));
    if (returned) {
      await press(card.getByRole("button", { name: t("condition.return"), exact: true }));
      await expect(page.getByRole("alert")).toBeFocused(); // and why, too
      await write(card.locator("#text"), "Which posts?");
      await press(card.getByRole("button", { name: t("condition.return"), exact: true }));
      await expect(card.getByText(t("condition.state.open"), { exact: true })).toBeVisible();
      await expect(card.getByText("Which posts?")).toBeVisible();
    } else {
      await press(card.getByRole("button", { name: t("condition.confirm"), exact: true }));
      await expect(card.getByText(t("condition.state.fulfilled"), { exact: true }).first()).toBeVisible();
    }
    if (!way.keyboard) await sound(page);

    await page.goto(`/${way.lang}/programmes/${c.programme.code}`);
    await expect(page.locator("h1")).toHaveText(c.title);
    await expect(page.getByText(c.text)).toBeVisible();
    await expect(page.getByText("Which posts?")).toHaveCount(0);
    if (!way.keyboard) await sound(page);
  });
}

test("the secretariat writes a condition into a question, and puts a waiver on the agenda", async ({ page, as, ask }) => {
  const t = words("en");
  const meeting = await planned(ask, "About conditions");
  await as("amara", "en");
  await page.goto(`/app/meetings/${meeting}/questions/new`);
  const waiver = (await ask("amara", "GET", "/conditions")).find((x: { may: string[] }) => x.may.includes("question.list"));
  const proposal = page.locator("#proposal option").nth(1);
  await page.locator("#proposal").selectOption((await proposal.getAttribute("value")) ?? "");
  await page.getByRole("button", { name: t("condition.add") }).click();
  await page.locator("#text").fill("The body grants it.");
  await page.getByRole("button", { name: t("list.do") }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.locator("#conditions-0-text").fill("The host agreement is signed.");
  await sound(page);
  await page.getByRole("button", { name: t("list.do") }).click();
  await page.locator(`main ol a[href^="/app/questions/"]`).first().click();
  await expect(page.getByText("The host agreement is signed.")).toBeVisible();
  await expect(page.getByText(t("condition.holds.first-transfer"))).toBeVisible();
  if (!waiver) return; // others fulfilled them all
  await page.goto(`/app/meetings/${meeting}/questions/new`);
  await page.locator("#kind").selectOption("revision");
  await page.locator("#change").selectOption(waiver.id);
  await page.locator("#text").fill("The body does without it.");
  await page.getByRole("button", { name: t("list.do") }).click();
  await page.locator(`main ol a[href^="/app/questions/"]`).last().click();
  await expect(page.getByText(t("condition.waives", { ref: waiver.ref }))).toBeVisible();
  await sound(page);
});
