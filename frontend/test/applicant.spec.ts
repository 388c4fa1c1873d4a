import type { Locator, Page } from "@playwright/test";
import { built, expect, overflow, test, violations } from "./example";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 180_000 });

/** One way of doing things: by mouse, or by the keyboard alone. */
function hands(page: Page, keyboard: boolean) {
  const reach = async (to: Locator) => {
    await to.waitFor();
    for (let i = 0; i < 150; i++) {
      if (await to.evaluate((e) => e === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${to}`);
  };
  return {
    async press(what: Locator, key = "Enter") {
      if (!keyboard) return what.click();
      await reach(what);
      await page.keyboard.press(key);
    },
    async write(where: Locator, text: string) {
      if (keyboard) await reach(where);
      else await where.click();
      await page.keyboard.press("End"); // what one tabs into is selected whole
      await page.keyboard.insertText(text);
    },
    async choose(from: Locator, value: string) {
      if (!keyboard) return void (await from.selectOption(value));
      await reach(from);
      for (let i = 0; i < 300 && (await from.inputValue()) !== value; i++) await page.keyboard.press("ArrowDown");
    },
    async pick(radio: Locator) {
      if (!keyboard) return radio.click();
      await reach(radio);
      await page.keyboard.press("Space");
    },
  };
}

/** The page stands the tests that every page has to stand. */
async function sound(page: Page) {
  await page.waitForLoadState("networkidle");
  await page.locator("h1").waitFor();
  expect(await violations(page)).toEqual([]);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize(size);
}

for (const [lang, keyboard] of [
  ["en", false],
  ["ar", false],
  ["en", true],
  ["ar", true],
] as const) {
  test(`from a call to a receipt, ${lang}, by ${keyboard ? "keyboard" : "mouse"}`, async ({ page, as }) => {
    const { press, write, choose, pick } = hands(page, keyboard);
    await as("ana.lucia", lang);
    const calls = await (await page.request.get("/api/v1/calls")).json();
    const call = calls.find((c: { state: string }) => c.state === "open");
    await press(page.locator('nav a[href="/app/calls"]'));
    await page.locator(`main a[href="/app/calls/${call.id}"]`).waitFor();
    await sound(page);
    await press(page.locator(`main a[href="/app/calls/${call.id}"]`));
    await page.locator("main time").first().waitFor();
    await sound(page);
    await press(page.locator("main button").first());
    await page.waitForURL(/proposals\/[0-9a-f-]{36}$/);
    const id = page.url().split("/").at(-1)!;
    const go = async (task: string) => {
      await press(page.locator(`a[href="/app/proposals/${id}/${task}"]`).first());
      await expect(page.locator("h1")).toBeFocused();
    };

    await go("basics");
    await write(page.locator("#title"), "Fair work along the coast");
    await write(page.locator("#summary"), "Workers are recruited fairly, and know their rights.");
    await expect(page.locator("form, main").getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    await page.reload();
    await expect(page.locator("#title")).toHaveValue("Fair work along the coast");
    await sound(page);

    // Off the line the draft goes on, and is sent when the line is back.
    await page.context().setOffline(true);
    await write(page.locator("#title"), " and inland");
    await expect(page.locator("main").getByRole("status").filter({ hasText: "!" })).toBeVisible();
    await page.context().setOffline(false);
    await expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible({ timeout: 40_000 });

    await go("scope");
    const orgs = await (await page.request.get("/api/v1/organisations?limit=200")).json();
    const code = (of: string) => orgs.find((o: { code: string; name: string }) => o.code === of || o.name.includes(of)).id;
    await choose(page.locator("#state"), code("Soumbara"));
    await pick(page.locator(`input[name="area"]`).first());
    await press(page.locator("#objectives input").first(), "Space");
    await sound(page);

    await go("markers");
    for (const group of await page.locator("fieldset").all()) await pick(group.locator("input").first());
    for (const reason of await page.locator("textarea").all()) await write(reason, "The analysis shapes what is done.");
    await sound(page);

    await go("money");
    await choose(page.locator("#shares-0-organisation"), code("UNICEF"));
    await write(page.locator("#shares-0-amount"), "150000");
    await sound(page);

    // All that is missing at once: here the Government's word alone.
    await go("check");
    await expect(page.locator(`main a[href="/app/proposals/${id}/endorsement?check"]`)).toBeVisible({ timeout: 15_000 });
    await expect(page.locator(`main a[href*="?check"]`)).toHaveCount(1);
    await sound(page);

    await as("mamadou", lang);
    await press(page.locator(`main a[href="/app/proposals/${id}"]`));
    await expect(page.locator("main")).toContainText("Workers are recruited fairly");
    await sound(page);
    await press(page.locator("main button").filter({ hasText: "Soumbara" }));
    await sound(page);
    await write(page.locator("dialog #note"), "NV 12/2026");
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();

    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}`);
    await go("check");
    await press(page.locator("main button").first());
    await page.waitForURL(/receipt$/);
    await expect(page.locator("main")).toContainText(/CALL-\d{4}-\d{2}\/P-\d{4}-\d{3}\/1/);
    await sound(page);
    await press(page.locator(`main a[href$="/versions/1"]`));
    await page.waitForURL(/versions\/1$/);
    await expect(page.locator("main")).toContainText("Fair work along the coast and inland");
    await sound(page);
    await page.goBack();
    await page.waitForURL(/receipt$/);
  });
}
