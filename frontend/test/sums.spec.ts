// A text that names another sum, with its shares and conditions: proposed, taken, and what is then decided.
import { type Answer, built, expect, sound, test } from "./example";
import { planned, seated, spoken } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 150_000 });

// Each decides on a document of the example, which has only some.
for (const way of ways.filter((w) => w.lang === "en" || !w.keyboard)) {
  const t = words(way.lang);

  test(`a text names another sum and is taken with it, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, rewrite, pick } = hands(page, way.keyboard);
    const [{ id: proposal }] = await ask("astrid", "GET", "/proposals?stage=eligible&phase=document&limit=100"); // others may be hidden from her
    const meeting = await planned(ask, `For another sum, ${told(way)}`);
    const item = { kind: "grant", procedure: "consensus", title: "A grant", text: "The body grants it.", language: "en", proposal };
    const q = await ask("amara", "POST", `/meetings/${meeting}/questions`, item);
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await seated(ask, meeting);
    await ask("beatriz", "POST", `/questions/${q.id}/opening`);

    await as("astrid", way.lang);
    await page.goto(`/app/questions/${q.id}`);
    await press(page.getByRole("button", { name: t("texts.propose") }));
    await rewrite(page.locator("#proposed-text"), "The body grants the first year of it.");
    await write(page.locator("#proposed-reason"), "Little is known yet.");
    await pick(page.locator("#proposed-sums"));
    for (const [n] of q.shares.entries()) await rewrite(page.locator(`#proposed-shares-${n}-amount`), n === 0 ? "999999999" : "1000");
    await pick(page.locator("#proposed-conditioned"));
    await press(page.getByRole("button", { name: t("condition.add") }));
    await write(page.locator("#proposed-conditions-0-text"), "A plan of the first year.");
    await press(page.getByRole("button", { name: t("texts.send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // above the request
    await expect(page.locator("#proposed-shares-0-amount")).toHaveValue(/999/); // nothing typed is lost
    if (!way.keyboard) await sound(page);
    await rewrite(page.locator("#proposed-shares-0-amount"), "1000");
    await press(page.getByRole("button", { name: t("texts.send") }));
    const row = page.locator("section[aria-labelledby=texts] ol > li").filter({ hasText: "Little is known yet." });
    await expect(row).toContainText(t("sums.named"));
    await expect(row).toContainText("A plan of the first year.");
    if (!way.keyboard) await sound(page);

    // Whoever presides is not asked whether the sum stays: the text says what it is.
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${q.id}`);
    await expect(row.locator("input[type=checkbox]")).toHaveCount(0);
    await press(row.getByRole("button", { name: t("texts.take") }));
    await expect(row).toContainText(t("texts.taken"));
    const sum = `${1000 * q.shares.length}.00`;
    expect((await ask("beatriz", "GET", `/questions/${q.id}`)).amount.amount).toBe(sum);
    if (!way.keyboard) await sound(page);
    await spoken(ask, q.id, ["agree"]);
    const { number } = await ask("beatriz", "POST", `/questions/${q.id}/decision`, {});
    const programme = (await ask("amara", "GET", "/programmes")).find((p: Answer) => p.decision === number);
    expect(programme.shares.map((s: Answer) => s.amount.amount)).toEqual(q.shares.map(() => "1000.00"));
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });
}
