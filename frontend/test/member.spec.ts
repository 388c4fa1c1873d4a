// Who sits on the body: assesses proposals, takes positions in a meeting, and does not see what is one's own.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

/** The meeting that is under way in the example. */
const underWay = "Second meeting since the rotation";

for (const way of ways) {
  const t = words(way.lang);

  test(`a score is kept here while it is written, sent once, and then others' are seen, ${told(way)}`, async ({ page, as, ask }) => {
    const waiting = await ask("astrid", "GET", "/assessments");
    const { proposal } = waiting.find((a: Answer) => !a.scored && a.may.includes("score.submit"));
    const { press, pick } = hands(page, way.keyboard);
    await as("astrid", way.lang);
    await press(page.locator('nav a[href="/app/assessments"]'));
    await press(page.locator(`main a[href="/app/assessments/${proposal.id}"]`));
    const best = page.locator('input[type=radio][value="4"]').first();
    await pick(best);
    await expect(page.getByText(t("score.kept"))).toBeVisible();
    await page.reload();
    await expect(best).toBeChecked();
    await press(page.getByRole("button", { name: t("score.send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // of every criterion something is said
    if (!way.keyboard) await sound(page);
    for (const step of await page.locator("input[type=radio][value='3']").all()) await pick(step);
    await press(page.getByRole("button", { name: t("score.send") }));
    await expect(page.getByRole("heading", { name: t("score.title") })).toBeHidden();
    expect((await ask("astrid", "GET", `/proposals/${proposal.id}/scores`)).scores.length).toBeGreaterThan(0);
    if (!way.keyboard) await sound(page);
  });

  test(`a position is taken, with its reason, and changed, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, pick } = hands(page, way.keyboard);
    await as("astrid", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.getByRole("link", { name: underWay }));
    await press(page.getByRole("link", { name: t("meeting.take") }));
    await expect(page.locator("h1")).toBeFocused();
    const question = page.url().split("/").at(-1)!;
    const mine = async () => {
      const { seats } = await ask("astrid", "GET", `/questions/${question}/arithmetic`);
      return seats.find((s: Answer) => s.organisation === "QO").position;
    };
    await expect(page.getByText("880,000.00").first()).toBeVisible();
    // The proposal, to be read, and back.
    await press(page.locator('main a[href^="/app/dossiers/"]'));
    await expect(page.locator("main")).toContainText("Issaria");
    await page.goBack();
    await pick(page.locator('input[name="position"][value="object"]'));
    await press(page.getByRole("button", { name: t("position.review") }));
    await expect(page.getByRole("alert")).toBeFocused(); // an objection needs its reason
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("alert").getByRole("link"));
    await expect(page.locator("#reason")).toBeFocused();
    await write(page.locator("#reason"), "The card must be free of charge.");
    await press(page.getByRole("button", { name: t("position.review") }));
    await expect(page.getByRole("heading", { name: t("position.review") })).toBeFocused();
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect.poll(mine).toBe("object");
    await pick(page.locator('input[name="position"][value="agree"]'));
    await press(page.getByRole("button", { name: t("position.review") }));
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect.poll(mine).toBe("agree");
    await page.reload();
    await expect(page.locator('input[name="position"][value="agree"]')).toBeChecked();
  });
}

test("the sentences of a position say what it does", async ({ page, as }) => {
  await as("astrid");
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByRole("link", { name: underWay }).click();
  await page.getByRole("link", { name: "Take your position" }).click();
  await page.getByRole("radio", { name: /Objects/ }).check();
  await page.locator("#reason").fill("The card must be free of charge.");
  await page.getByRole("button", { name: "Review and confirm" }).click();
  await page.getByRole("button", { name: "Confirm the position" }).click();
  await expect(page.getByText("Taken: Objects.")).toBeVisible();
  await expect(page.getByText(/not adopted while objections stand/)).toBeVisible();
  await page.getByRole("radio", { name: /^Agrees/ }).check();
  await page.getByRole("button", { name: "Review and confirm" }).click();
  await page.getByRole("button", { name: "Confirm the position" }).click();
  await expect(page.getByText("Taken: Agrees.")).toBeVisible();
});

test("what a member has an interest in shows why, and not what", async ({ page, as }) => {
  await as("abla");
  await page.getByRole("link", { name: "Meetings" }).click();
  await page.getByRole("link", { name: underWay }).click();
  await expect(page.getByText("In the room")).toBeVisible();
  await expect(page.getByText("Reintegration by the communes of Zembala")).toHaveCount(0);
  await page
    .getByRole("listitem")
    .filter({ hasText: "Out of your sight" })
    .getByRole("link", { name: /^Item / })
    .first()
    .click();
  await expect(page.getByText("This item is out of your sight.")).toBeVisible();
  await expect(page.getByText("1,050,000")).toHaveCount(0);
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("heading", { name: "In the room" })).toBeVisible();
});
