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
