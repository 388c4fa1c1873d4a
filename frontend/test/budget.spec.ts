import type { Page } from "@playwright/test";
import { built, expect, overflow, test, violations } from "./example";
import { openCall } from "./given";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 180_000 });

/** What a browser pastes into the field that has the focus. */
const paste = (page: Page, text: string) =>
  page.evaluate((t) => {
    const data = new DataTransfer();
    data.setData("text/plain", t);
    document.activeElement!.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);

const saved = (page: Page) => expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible({ timeout: 40_000 });

/** A draft of its own, and its budget's page with the first organisation in it. */
async function begin(page: Page, codes: string[]) {
  const calls = await (await page.request.get("/api/v1/calls")).json();
  const call = openCall(calls);
  await page.goto(`/app/calls/${call.id}`);
  for (const q of call.words.eligibility as { key: string; qualifies: boolean }[])
    await page.locator(`#eligibility-${q.key}${q.qualifies ? "" : "-no"}`).check({ force: true });
  await page.locator('main form button[type="submit"]').first().click();
  await page.waitForURL(/proposals\/[0-9a-f-]{36}$/);
  const id = page.url().split("/").at(-1)!;
  await page.goto(`/app/proposals/${id}/money`);
  await page.locator("#shares-0-organisation").waitFor();
  await page.locator("main button", { hasText: /by line and year|حسب السطر/ }).click();
  for (const code of codes) {
    const select = page.locator("#budget select").first();
    await select.selectOption({
      index: await select.evaluate(
        (s: HTMLSelectElement, c) => [...s.options].findIndex((o) => o.text.startsWith(`${c},`) || o.text === c),
        code,
      ),
    });
  }
  return id;
}

const unCodes = async (page: Page): Promise<string[]> =>
  (await (await page.request.get("/api/v1/organisations?limit=200")).json())
    .filter((o: { kind: string }) => o.kind === "un")
    .map((o: { code: string }) => o.code);

const stored = async (page: Page, id: string) => (await page.request.get(`/api/v1/proposals/${id}/budget`)).json();

for (const lang of ["en", "ar"] as const)
  test(`a budget of six organisations is pasted with three bad cells, ${lang}`, async ({ page, as }) => {
    await as("ana.lucia", lang);
    const six = (await unCodes(page)).slice(0, 6);
    const id = await begin(page, six.slice(0, 1));
    const good = lang === "ar" ? "١٬٠٠٠٫٥" : "1,000.50";
    const rows = ["staff", "supplies", "equipment", "contractual", "travel", "grants", "operating"].map((line, i) =>
      [line, ...six.map((_, j) => (i === j && j < 3 ? ["18 5OO", "1.005", "n/a"][j] : good))].join("\t"),
    );
    await page.locator("#budget tbody input").first().focus();
    await paste(page, `${["\t", ...six].join("\t").replace("\t\t", "\t")}\n${rows.join("\n")}`);
    await expect(page.locator("#budget thead th")).toHaveCount(8);
    await expect(page.locator("#budget-faults button")).toHaveCount(3);
    await expect(page.locator('#budget input[aria-invalid="true"]')).toHaveCount(3);
    await saved(page);
    // 39 good cells, and the indirect cost of each organisation.
    const kept = await stored(page, id);
    expect(kept.cells).toHaveLength(45);
    expect(kept.organisations.map((o: { total: { amount: string } }) => o.total.amount)).toEqual([
      ...Array(3).fill("6423.21"),
      ...Array(3).fill("7493.75"),
    ]);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/budget-${lang}.png`, fullPage: true });

    // The line is cut; a bad cell is mended from the list, by the keyboard, and sent when the line is back.
    await page.context().setOffline(true);
    await page.locator("#budget-faults button").first().focus();
    await page.keyboard.press("Enter");
    await expect(page.locator("#budget tbody input").first()).toBeFocused();
    await page.keyboard.type("18500");
    await page.keyboard.press("Enter");
    await expect(page.locator("#budget tbody tr").nth(1).locator("input").first()).toBeFocused();
    await expect(page.locator("#budget-faults button")).toHaveCount(2);
    await expect(page.locator("main").getByRole("status").filter({ hasText: "!" })).toBeVisible();
    await page.context().setOffline(false);
    await saved(page);
    expect((await stored(page, id)).lines[0].total.amount).toBe("23502.50");
    // What is no amount is still there after the page was left.
    await page.reload();
    await expect(page.locator("#budget-faults button")).toHaveCount(2);

    // A card an organisation on the narrowest screen.
    await page.setViewportSize({ width: 320, height: 800 });
    await expect(page.locator("#budget table")).toHaveCount(6);
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/budget-${lang}-320.png` });
  });

test("arrows, Esc and undo work as in a spreadsheet, and a file goes out and comes back", async ({ page, as }) => {
  await as("ana.lucia", "en");
  const two = (await unCodes(page)).slice(0, 2);
  const id = await begin(page, two);
  const cell = (line: number, organisation: number) => page.locator("#budget tbody tr").nth(line).locator("input").nth(organisation);
  await cell(0, 0).focus();
  await page.keyboard.type("100");
  await page.keyboard.press("ArrowDown");
  await expect(cell(1, 0)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(cell(1, 1)).toBeFocused();
  await page.keyboard.type("7");
  await page.keyboard.press("Escape");
  await expect(cell(1, 1)).toHaveValue("");
  await page.keyboard.type("200");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+z");
  await expect(cell(1, 1)).toHaveValue("");
  await expect(cell(7, 0)).toHaveValue("7.00");
  await saved(page);
  const file = await page.request.get(`/api/v1/proposals/${id}/budget-sheet`);
  await cell(0, 0).fill("5");
  await page
    .locator('#budget input[type="file"]')
    .setInputFiles({ name: "b.xlsx", mimeType: "application/octet-stream", buffer: await file.body() });
  await expect(cell(0, 0)).toHaveValue("100.00");
});

test("two people edit one budget at once, in different cells", async ({ page, as, browser }) => {
  await as("ana.lucia", "en");
  const id = await begin(page, (await unCodes(page)).slice(0, 2));
  await page.locator("#budget tbody input").first().fill("100");
  await saved(page);
  const second = await browser.newContext({ storageState: await page.context().storageState(), baseURL: new URL(page.url()).origin });
  const other = await second.newPage();
  await other.goto(`/app/proposals/${id}/money`);
  await expect(other.locator("#budget tbody input").first()).toHaveValue("100.00");
  await page.locator("#budget tbody tr").nth(1).locator("input").first().fill("20");
  await saved(page);
  await other.locator("#budget tbody tr").nth(2).locator("input").nth(1).fill("3");
  await expect(other.locator("#budget tbody tr").nth(1).locator("input").first()).toHaveValue("20.00");
  await expect.poll(async () => (await stored(page, id)).total.amount).toBe("131.61"); // 120 and 3, with 7% of each
  await second.close();
});
