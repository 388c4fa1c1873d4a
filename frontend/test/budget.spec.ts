import type { Page } from "@playwright/test";
import { built, expect, overflow, signIn, test, violations } from "./example";
import { colleague, openCall } from "./given";
import { words } from "./hands";

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

/** A draft of its own, and its budget's page with the first organisations in it. */
async function begin(page: Page, organisations: Organisation[]) {
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
  for (const o of organisations) await page.locator("#budget select").first().selectOption(o.id);
  return id;
}

type Organisation = { id: string; code: string; name: string; aliases: { kind: string; language: string; text: string }[] };
const participants = async (page: Page): Promise<Organisation[]> =>
  (await (await page.request.get("/api/v1/organisations?limit=200")).json()).filter((o: { kind: string }) => o.kind === "un");

/** What a copy gives, as a spreadsheet would find it. */
const copied = (page: Page) =>
  page.evaluate(() => {
    const data = new DataTransfer();
    document.activeElement!.dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
    return { text: data.getData("text/plain"), html: data.getData("text/html") };
  });

const stored = async (page: Page, id: string) => (await page.request.get(`/api/v1/proposals/${id}/budget`)).json();

for (const lang of ["en", "ar"] as const)
  test(`a budget of six organisations is pasted with three bad cells, ${lang}`, async ({ page, as }) => {
    await as("ana.lucia", lang);
    const all = await participants(page);
    const six = all.slice(0, 6);
    const id = await begin(page, six.slice(0, 1));
    // Whoever takes part is called by name, in the reader's language, and never by a code of the books.
    const called = all[1]!.aliases.find((x) => x.kind === "name" && x.language === lang)?.text ?? all[1]!.name;
    await expect(page.locator("#budget")).not.toContainText("XM-DAC");
    await expect(page.locator("#budget select").first()).toContainText(called);
    const good = lang === "ar" ? "١٬٠٠٠٫٥" : "1,000.50";
    const rows = ["staff", "supplies", "equipment", "contractual", "travel", "grants", "operating"].map((line, i) =>
      [line, ...six.map((_, j) => (i === j && j < 3 ? ["18 5OO", "1.005", "n/a"][j] : good))].join("\t"),
    );
    await page.locator("#budget tbody input").first().focus();
    await paste(
      page,
      `\t${six.map((o) => o.aliases.find((x) => x.kind === "acronym" && x.language === lang)?.text ?? o.code).join("\t")}\n${rows.join("\n")}`,
    );
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
    // Cells chosen with Shift and the arrows go out as a spreadsheet of that language reads them, and come back to the cent.
    await page.locator("#budget tbody tr").nth(3).locator("input").nth(3).focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press(lang === "ar" ? "Shift+ArrowLeft" : "Shift+ArrowRight");
    await expect(page.locator("#budget input[class*=chosen]")).toHaveCount(4);
    await expect(page.locator("#budget").getByRole("status")).toContainText(lang === "ar" ? "خلايا" : "4 cells");
    const out = await copied(page);
    expect(out.text).toBe("1000.50\t1000.50\n1000.50\t1000.50");
    expect(out.html.match(/x:num="1000\.50"/g)).toHaveLength(4);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/budget-${lang}.png`, fullPage: true });
    // A page that is zoomed or turned, as for a picture of the whole, draws cards and then the grid again: one is in the same cell.
    await page.setViewportSize({ width: 500, height: 900 });
    await expect(page.locator("#budget table")).toHaveCount(6);
    await expect(page.locator("#budget input:focus")).toHaveValue("1,000.50");
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect(page.locator("#budget tbody tr").nth(3).locator("input").nth(3)).toBeFocused();
    await page.keyboard.press("Delete");
    await expect(page.locator("#budget tbody tr").nth(4).locator("input").nth(4)).toHaveValue("");
    await page.locator("#budget tbody tr").nth(3).locator("input").nth(3).focus();
    await paste(page, out.text);
    await saved(page);
    expect((await stored(page, id)).total).toEqual(kept.total);

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
  const id = await begin(page, (await participants(page)).slice(0, 2));
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
  // Drawn over with the mouse, the cells are chosen together; a press elsewhere lets them go.
  const middle = async (l: number, o: number) => {
    const box = (await cell(l, o).boundingBox())!;
    return [box.x + box.width / 2, box.y + box.height / 2] as const;
  };
  await page.mouse.move(...(await middle(0, 0)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(1, 1)), { steps: 5 });
  await page.mouse.up();
  await expect(page.locator("#budget input[class*=chosen]")).toHaveCount(4);
  expect((await copied(page)).text).toBe("100.00\t\n\t");
  await cell(2, 0).click();
  await expect(page.locator("#budget input[class*=chosen]")).toHaveCount(0);
  await saved(page);
  const file = await page.request.get(`/api/v1/proposals/${id}/budget-sheet`);
  await cell(0, 0).fill("5");
  await page
    .locator('#budget input[type="file"]')
    .setInputFiles({ name: "b.xlsx", mimeType: "application/octet-stream", buffer: await file.body() });
  await expect(cell(0, 0)).toHaveValue("100.00");
});

for (const lang of ["en", "ar"] as const)
  test(`two people edit one budget at once, one of them without a line for a while, ${lang}`, async ({
    page,
    as,
    ask,
    example,
    browser,
  }) => {
    const t = words(lang);
    await as("ana.lucia", lang);
    const id = await begin(page, (await participants(page)).slice(0, 2));
    const cell = (of: Page, line: number, organisation: number) =>
      of.locator("#budget tbody tr").nth(line).locator("input").nth(organisation);
    await cell(page, 0, 0).fill(lang === "ar" ? "١٠٠" : "100");
    await saved(page);
    const email = await colleague(example, `Salma ${lang} ${Date.now()}`);
    await ask(email, "POST", `/proposals/${id}/team-joining`);
    const second = await browser.newContext({ baseURL: new URL(page.url()).origin });
    const other = await second.newPage();
    await signIn(other, example.people.find((p) => p.Email === email)!, lang);
    await other.goto(`/app/proposals/${id}/money`);
    await expect(other.locator("html")).toHaveAttribute("dir", lang === "ar" ? "rtl" : "ltr");
    await expect(cell(other, 0, 0)).toHaveValue("100.00");
    // In different cells both stand: of one who writes on, and of one whose line was down meanwhile.
    await second.setOffline(true);
    await cell(other, 2, 1).fill("3");
    await expect(other.locator("main").getByRole("status").filter({ hasText: "!" })).toBeVisible({ timeout: 40_000 });
    await cell(page, 1, 0).fill("20");
    await saved(page);
    await second.setOffline(false);
    await expect(cell(other, 1, 0)).toHaveValue("20.00", { timeout: 40_000 });
    await expect.poll(async () => (await stored(page, id)).total.amount, { timeout: 40_000 }).toBe("131.61"); // 120 and 3, with 7% of each
    // In one cell a person chooses: nothing of either is lost before.
    await page.reload();
    await expect(cell(page, 2, 1)).toHaveValue("3.00");
    await saved(other);
    await cell(other, 4, 0).fill("50");
    await saved(other);
    await cell(page, 4, 0).fill("60");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(t("conflict.title"), { timeout: 40_000 });
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `test-results/budget-two-${lang}.png` });
    const fields = dialog.locator("fieldset");
    for (let i = 0; i < (await fields.count()); i++) await fields.nth(i).getByRole("radio").first().check({ force: true });
    await dialog.getByRole("button", { name: t("conflict.keep") }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(async () => (await stored(page, id)).lines[4].total.amount, { timeout: 40_000 }).toBe("60.00");
    await second.close();
  });
