// The public, who reads what the fund does with the money; and whoever comes in from there, and goes.
import { built, expect, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");

for (const way of ways) {
  const t = words(way.lang);

  test(`from the first page to the voucher behind a figure, to a decision, and to another language, ${told(way)}`, async ({
    page,
    example,
  }) => {
    const { press, when } = hands(page, way.keyboard);
    const at = (path: string) => page.locator(`a[href^="/${way.lang}/${path}"]`).first();
    await page.goto(`${example.url}/${way.lang}/`);
    await press(at("statement"));
    const figure = page.locator("main");
    await expect(figure).toContainText("50,018,539");
    await when(page.locator("input[type=date]"), "2018-12-31");
    await press(page.locator("main form button"));
    await expect(page).toHaveURL(/as_of=2018-12-31/);
    await expect(figure).toContainText("38,068,539");
    await page.goBack();
    await press(page.locator(`main a[href*="/statement/transfers?"]`));
    await press(page.locator('main a[href*="/vouchers/"]').first());
    await expect(page.locator("h1")).toBeVisible();
    await press(at("decisions"));
    await press(page.locator('main a[href*="/decisions/"]').first());
    await expect(page).toHaveURL(/decisions\/\d{4}-\d{3}$/);
    const other = way.lang === "ar" ? "en" : "ar";
    await press(page.locator(`nav a[hreflang="${other}"]`));
    await expect(page.locator("html")).toHaveAttribute("dir", other === "ar" ? "rtl" : "ltr");
    await expect(page).toHaveURL(new RegExp(`/${other}/decisions/`));
  });

  test(`signs in, acts for another role, in another language, and out, ${told(way)}`, async ({ page, example }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const nadia = example.people.find((p) => p.Email.startsWith("nadia"))!;
    await page.goto(`${example.url}/${way.lang}/`);
    await press(page.locator("header a.sign-in"));
    await write(page.locator("#email"), nadia.Email);
    await write(page.locator("#password"), "not hers");
    await press(page.locator("main button[type=submit]"));
    await expect(page.getByRole("alert")).toBeVisible();
    await write(page.locator("#password"), nadia.Password);
    await press(page.locator("main button[type=submit]"));
    await page.waitForURL("**/app/");
    const language = page.locator("header select").first();
    const spoken = page.waitForResponse((r) => r.url().endsWith("/session/language"));
    const away = way.lang === "ar" ? "en" : "ar"; // she reads Arabic: there and back is a change in both
    if ((await language.inputValue()) === way.lang) await choose(language, away);
    await choose(language, way.lang);
    expect((await spoken).ok()).toBe(true);
    await page.waitForLoadState("networkidle");
    await expect(page.locator("h1")).toHaveText(t("tasks.title"));
    const hats = page.getByRole("combobox", { name: t("shell.hat-choice") });
    const worn = await hats.inputValue();
    const [first, second] = await hats.locator("option").evaluateAll((all) => all.map((o) => (o as HTMLOptionElement).value));
    const other = worn === first ? second! : first!;
    await choose(hats, other);
    await expect(hats).toBeEnabled();
    await page.reload();
    await expect(hats).toHaveValue(other);
    await choose(hats, worn);
    await expect(hats).toBeEnabled();
    await press(page.getByRole("button", { name: t("shell.sign-out") }));
    await page.waitForURL("**/sign-in");
    await page.goto(`${example.url}/app/transfers`);
    await page.waitForURL("**/sign-in?next=*");
  });
}
