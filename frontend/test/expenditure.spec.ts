// What an organisation spent: stated line by line, refused at its field, kept while it is written, and read by the agent.
import { type Answer, type Ask, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

const finance = "marisol";

/** A programme that money of the organisation's was transferred for. */
async function funded(ask: Ask): Promise<string> {
  for (const p of await ask(finance, "GET", "/programmes")) {
    if (!p.decision || !["approved", "active", "operationally-closed"].includes(p.state)) continue;
    const parts = await ask("amara", "GET", `/programmes/${p.id}/expenditures`);
    if (parts.some((x: Answer) => x.organisation.code === "UNICEF" && x.first_year > 0)) return p.id;
  }
  throw new Error("nothing was transferred to it");
}

for (const way of ways) {
  const t = words(way.lang);
  test(`an organisation states what it spent, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const id = await funded(ask);
    await as(finance, way.lang);
    await page.goto(`/app/programmes/${id}`);
    await press(page.getByRole("link", { name: t("life.expenditure") }));
    await choose(page.locator("#kind"), "certified");
    await write(page.locator("#lines-staff"), "100");
    await press(page.getByRole("button", { name: t("expenditure.send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // every line, and who certified
    await expect(page.locator("#officer")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#lines-travel")).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await page.reload();
    await expect(page.locator("#lines-staff")).toHaveValue(/100/); // nothing typed is lost
    await choose(page.locator("#kind"), "provisional");
    for (const line of ["supplies", "equipment", "contractual", "travel", "grants", "operating", "indirect"])
      await write(page.locator(`#lines-${line}`), "0");
    await press(page.getByRole("button", { name: t("expenditure.send") }));
    const stated = page.locator("article").first();
    await expect(stated).toContainText(t("expenditure.state.provisional"));
    await expect(page.locator("#lines-staff")).toHaveValue("");
    if (!way.keyboard) await sound(page);
  });
}

// What was sent back is mended where it stands and sent anew; the list of who owes what leads the agent to it, who may send it back again.
for (const way of ways) {
  const t = words(way.lang);
  test(`a year that was sent back is stated again, ${told(way)}`, async ({ page, as }) => {
    const { press, write } = hands(page, way.keyboard);
    await as("leila", way.lang);
    await page.goto("/app/");
    await press(page.locator('main li a[href$="/expenditures"]'));
    await expect(page.locator("#kind")).toHaveValue("certified");
    await expect(page.locator("#lines-travel")).not.toHaveValue("");
    await expect(page.getByRole("table").first()).toContainText(t("expenditure.all-years"));
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("expenditure.send") }));
    await expect(page.locator("article").first()).toContainText(t("expenditure.state.waiting"));

    await as("rohan", way.lang);
    await page.goto("/app/expenditures");
    const row = page.getByRole("row").filter({ hasText: "JP-2024-002" });
    await expect(row).toContainText(t("expenditure.due.waiting"));
    if (!way.keyboard) await sound(page);
    await press(row.getByRole("link"));
    const waits = page.getByRole("article").filter({ hasText: t("expenditure.state.waiting") });
    await press(waits.getByRole("button", { name: t("expenditure.send-back") }));
    await expect(waits.getByRole("alert")).toBeFocused(); // not without a reason
    await write(waits.getByRole("textbox"), "The total is not that of your books.");
    await press(waits.getByRole("button", { name: t("expenditure.send-back") }));
    await expect(waits).toHaveCount(0);
    await page.goto("/app/expenditures");
    await expect(row).toContainText(t("expenditure.due.returned"));
  });
}

test("the agent takes a year into the books from the task", async ({ page, as }) => {
  const t = words("en");
  await as("rohan", "en");
  await page.goto("/app/");
  await page
    .locator("main li")
    .filter({ hasText: /JP.2024.003.*, WFP/ })
    .getByRole("link")
    .click();
  await page.getByRole("button", { name: t("expenditure.take"), exact: true }).click();
  await expect(page.getByRole("article").filter({ hasText: t("expenditure.state.waiting") })).toHaveCount(0);
  await page.goto("/app/");
  await expect(page.locator("main h1")).toBeVisible();
  await expect(page.locator("main li").filter({ hasText: /JP.2024.003.*, WFP/ })).toHaveCount(0);
});
