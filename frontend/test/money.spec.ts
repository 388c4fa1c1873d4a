import type { Page } from "@playwright/test";
import { built, expect, overflow, test, violations } from "./example";

test.skip(!built(), "bin/fund is not built");

/** By the keys alone: on from link to link until the one is reached. */
async function reach(page: Page, role: "link" | "button" | "checkbox" | "textbox", name: RegExp | string) {
  const target = page.getByRole(role, { name }).first();
  await target.waitFor();
  for (let n = 0; n < 150; n++) {
    if (await target.evaluate((e) => e === document.activeElement)) return target;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keys do not reach ${name}`);
}
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

for (const lang of ["en", "ar"]) {
  test(`the agent's pages, ${lang}: axe finds nothing, and none scrolls sideways at 320 px`, async ({ page, as }) => {
    test.setTimeout(180_000);
    await as("rohan", lang);
    await page.goto("/app/agreements");
    const agreement = await page.locator("tbody a").first().getAttribute("href");
    await page.goto("/app/transfers");
    const transfer = await page.locator("tbody a").last().getAttribute("href");
    await page.goto("/app/funding-status");
    const figure = await page.locator("tbody a").first().getAttribute("href");
    for (const path of [
      "/app/agreements",
      "/app/agreements/new",
      agreement!,
      "/app/contributions",
      "/app/transfers",
      transfer!,
      `${transfer}/step`,
      "/app/mous",
      "/app/reconcile",
      "/app/proof",
      "/app/funding-status",
      figure!,
    ]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      await h1(page).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await violations(page), path).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overflow(page), path).toBe(0);
    }
  });

  test(`the administrator's pages, ${lang}: axe finds nothing, and none scrolls sideways at 320 px`, async ({ page, as }) => {
    test.setTimeout(120_000);
    await as("ingrid", lang);
    await page.goto("/app/people");
    const person = await page.locator("tbody a").first().getAttribute("href");
    for (const path of ["/app/people", person!, "/app/organisations", "/app/seats", "/app/setup"]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(path);
      await h1(page).waitFor();
      await page.waitForLoadState("networkidle");
      expect(await violations(page), path).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overflow(page), path).toBe(0);
    }
  });
}

test("by mouse: a deposit is recorded, its fee shown first and then told", async ({ page, as }) => {
  await as("rohan");
  await page.getByRole("link", { name: "Contributions" }).click();
  await expect(h1(page)).toBeFocused();
  await page.getByRole("link", { name: "SAA-2025-05" }).click();
  await page.getByRole("link", { name: "Record a deposit" }).click();
  await page.getByLabel("Amount received, USD").fill("9,999,999.00");
  await page.getByRole("button", { name: "Record a deposit" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByLabel("Amount received, USD")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Amount received, USD").fill("1250.50");
  await expect(page.getByText("The agent’s fee of 1 per cent would be")).toContainText("USD 12.51");
  await page.getByRole("button", { name: "Record a deposit" }).click();
  await expect(page.getByText(/fee USD 12\.51, available USD 1,237\.99/)).toBeVisible();
  await expect(page.getByRole("cell", { name: "1,250.50" })).toBeVisible();
  await page.goBack();
  await page.goBack();
  await page.reload();
  await expect(h1(page)).toHaveText("Agreement SAA-2025-05");
});

test("by mouse: two lines of a statement that differ are not matched, one that agrees is, and it is undone", async ({ page, as }) => {
  await as("rohan");
  await page.goto("/app/reconcile");
  const bank = page.locator('[data-side="bank"]');
  const books = page.locator('[data-side="ledger"]');
  const match = page.getByRole("button", { name: "Match chosen" });
  await expect(match).toBeDisabled();
  await bank.locator("input[type=checkbox]:enabled").first().check();
  await books.locator("input[type=checkbox]:enabled").nth(1).check();
  await expect(match).toBeDisabled();
  await books.locator("input[type=checkbox]:enabled").nth(1).uncheck();
  await books.locator("input[type=checkbox]:enabled").first().check();
  await expect(match).toBeEnabled();
  await match.click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Match chosen" }).click();
  await expect(dialog.getByRole("alert")).toBeFocused(); // a reason is asked for
  await dialog.getByLabel("Reason").fill("Same programme and sum.");
  await dialog.getByRole("button", { name: "Match chosen" }).click();
  await expect(page.getByText("They are matched.")).toBeVisible();
  await expect(dialog).toBeHidden();
  await page.getByRole("radio", { name: /^Matched/ }).check({ force: true });
  await bank.getByRole("button", { expanded: false }).last().waitFor();
  const line = bank.getByRole("row", { name: /UNITED NATIONS DEVELOPMENT PROGRAMME/ }).filter({ hasText: "385,000.00" });
  await line.getByRole("button").click();
  await expect(bank.getByText("Same programme and sum.")).toBeVisible();
  await bank.getByRole("button", { name: "Undo the match" }).click();
  await dialog.getByLabel("Reason").fill("A trial.");
  await dialog.getByRole("button", { name: "Undo the match" }).click();
  await expect(page.getByText("The match is undone.")).toBeVisible();
});

for (const lang of ["en", "ar"]) {
  test(`by keyboard only, ${lang}: lines are chosen with j, k and space, and matched with m`, async ({ page, as }) => {
    await as("rohan", lang);
    await page.goto("/app/reconcile");
    await page.locator('[data-side="bank"] input:enabled').first().waitFor();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Space");
    await page.keyboard.press("l");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("Space");
    await page.keyboard.press("m");
    await expect(page.getByRole("dialog")).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  });
}

test("by keyboard only: a transfer is prepared by one, who cannot release it, and released by another", async ({ page, as }) => {
  await as("rohan");
  await page.goto("/app/transfers");
  await (await reach(page, "link", /^Prepare transfer/)).press("Enter");
  await expect(h1(page)).toBeFocused();
  const ref = (await h1(page).textContent())!.replace("Transfer ", "");
  await (await reach(page, "link", "Prepare")).press("Enter");
  await expect(page.getByText("Two people:")).toBeVisible();
  await (await reach(page, "button", "Prepare")).press("Enter");
  await expect(page.getByText(`Transfer ${ref} is prepared and waits for its release.`)).toBeVisible();
  await expect(page.getByText("Rohan Mehtani").nth(1)).toBeVisible();
  await expect(page.getByRole("link", { name: "Release" })).toBeHidden();
});

test("a file that is no statement is refused whole, in the server's words", async ({ page, as }) => {
  await as("rohan");
  await page.goto("/app/reconcile");
  await page.getByRole("button", { name: "Import a statement" }).click();
  await page
    .getByLabel("The bank’s file")
    .setInputFiles({ name: "statement.xml", mimeType: "application/xml", buffer: Buffer.from("<?xml version='1.0'?><Document/>") });
  await expect(page.getByRole("dialog").getByRole("alert")).toBeFocused();
});

test("an auditor reads all of it and is offered nothing", async ({ page, as }) => {
  await as("piotr");
  for (const path of ["/app/agreements", "/app/transfers", "/app/reconcile", "/app/proof", "/app/people"]) {
    await page.goto(path);
    await h1(page).waitFor();
    await page.waitForLoadState("networkidle");
    for (const name of [/^Record/, /^Accept/, "Match what is sure", "Import a statement", "Match chosen", "Add and invite"])
      await expect(page.getByRole("main").getByRole("button", { name })).toHaveCount(0);
    expect(await violations(page), path).toEqual([]);
  }
});

test("an organisation sees its transfers, a contributor its agreements, and neither those of others", async ({ page, as }) => {
  await as("marisol");
  await page.getByRole("link", { name: "Transfers" }).click();
  await page.locator("tbody tr").first().waitFor();
  for (const code of await page.locator("tbody tr td:nth-child(2)").allTextContents()) expect(code).toBe("UNICEF");
  await as("elsa");
  await page.getByRole("link", { name: "Contributions" }).click();
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await expect(page.getByRole("button", { name: "Record a deposit" })).toHaveCount(0);
});
