// The public, who reads what the fund does with the money; and whoever comes in from there, and goes.
import type { Locator } from "@playwright/test";
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
    await expect(figure).toContainText("52,218,539");
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
    const { press, write, reach } = hands(page, way.keyboard);
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
    await expect(page.getByRole("banner")).toContainText(nadia.Name);
    await page.waitForLoadState("networkidle");
    // A list that acts at once: by keys, each step of it is taken.
    const turn = async (to: Locator, value: string, told: string) => {
      for (let step = 0; step < 8 && (await to.inputValue()) !== value; step++) {
        await expect(to).toBeEnabled(); // while a choice is taken, the list waits
        const said = page.waitForResponse((r) => r.url().endsWith(told));
        if (way.keyboard) {
          await reach(to);
          const down = await to.evaluate(
            (e: HTMLSelectElement, v) => [...e.options].findIndex((o) => o.value === v) > e.selectedIndex,
            value,
          );
          await page.keyboard.press(down ? "ArrowDown" : "ArrowUp");
        } else await to.selectOption(value);
        expect((await said).ok()).toBe(true);
        await expect(to).toBeEnabled(); // and shows what was taken before the next step is thought of
      }
      await expect(to).toHaveValue(value);
    };
    const language = page.locator("header select").first();
    for (const to of ["zh", way.lang]) {
      await turn(language, to, "/session/language");
      await expect(page.locator("html")).toHaveAttribute("lang", to);
    }
    await expect(page.locator("h1")).toHaveText(t("tasks.title"));
    // Who has several roles chooses one, and then another.
    const hats = page.getByRole("combobox", { name: t("shell.hat-choice") });
    for (const role of ["agent-releaser", "agent-preparer"]) {
      const option = hats.locator("option").filter({ hasText: t(`role.${role}`) });
      const value = (await option.getAttribute("value"))!;
      await turn(hats, value, "/session/hat");
      await expect(hats).toBeEnabled();
      await page.reload();
      await expect(hats).toHaveValue(value);
    }
    await press(page.getByRole("button", { name: t("shell.sign-out") }));
    await page.waitForURL("**/sign-in");
    await page.goto(`${example.url}/app/transfers`);
    await page.waitForURL("**/sign-in?next=*");
  });
}
