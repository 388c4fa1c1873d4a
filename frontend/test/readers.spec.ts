// Who reads and is asked nothing: the auditor all of it, an organisation and a contributor what is theirs.
import { built, expect, test } from "./example";

test.skip(!built(), "bin/fund is not built");

test("an auditor reads all of it and is offered nothing", async ({ page, as }) => {
  await as("piotr");
  for (const path of ["/app/agreements", "/app/transfers", "/app/reconcile", "/app/proof", "/app/people"]) {
    await page.goto(path);
    await page.locator("main h1").waitFor();
    await page.waitForLoadState("networkidle");
    // On paper: whose it is, and nothing to press.
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("banner").getByText("Start-up Fund for Safe, Orderly and Regular Migration")).toBeVisible();
    for (const role of ["navigation", "contentinfo"] as const) await expect(page.getByRole(role)).toHaveCount(0);
    for (const button of await page.locator("main button:visible").all())
      expect(await button.evaluate((b) => b.closest("th"))).not.toBeNull();
    await page.emulateMedia({ media: null });
    for (const name of [/^Record/, /^Accept/, "Match what is sure", "Import a statement", "Match chosen", "Add and invite"])
      await expect(page.getByRole("main").getByRole("button", { name })).toHaveCount(0);
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
