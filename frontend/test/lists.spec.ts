// The lists of thousands: searched, narrowed, ordered, sent as an address, kept, downloaded, dealt with many at a time.
import { built, expect, sound, test } from "./example";
import { found, submitted } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

// By mouse in both directions of writing, and by the keyboard alone once.
for (const way of ways.filter((w) => !w.keyboard || w.lang === "en")) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`proposals are found, kept, downloaded and dealt with many at a time, ${told(way)}`, async ({ page, as, ask }) => {
    const [one, two] = [await submitted(ask, `Zanzibarite fisheries, ${name}`), await submitted(ask, `Zanzibarite orchards, ${name}`)];
    const { press, write, pick, choose } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/office/proposals"]'));
    const rows = page.locator("main tbody tr");
    await expect(rows.first()).toBeVisible();

    // Searched, as one types; what was found is in the address.
    await write(page.locator("#q"), `zanzibarit ${name.split(" ")[0]}`);
    await expect(page).toHaveURL(/q=zanzibarit/);
    await expect(page.locator(`main a[href="/app/screening/${one}"]`)).toBeVisible();
    await page.locator("#q").clear();
    await write(page.locator("#q"), "xylophone nowhere");
    await expect(page.getByText(t("rows.none"))).toBeVisible();
    if (!way.keyboard) await sound(page);
    await page.locator("#q").clear();
    await write(page.locator("#q"), "zanzibarite");
    await expect(page.locator(`main a[href="/app/screening/${two}"]`)).toBeVisible();

    // Narrowed by a field, with its counts; ordered by the server.
    await press(page.locator("main summary").filter({ hasText: t("register.narrow") }));
    await pick(page.locator('input[name="stage"][value="submitted"]'));
    await expect(page).toHaveURL(/stage=submitted/);
    await press(page.getByRole("button", { name: t("register.amount") }));
    await expect(page).toHaveURL(/sort=amount/);
    if (!way.keyboard) await sound(page);

    // The address shows the same to whoever opens it.
    const address = page.url();
    await page.goto(address);
    await expect(page.locator(`main a[href="/app/screening/${one}"]`)).toBeVisible();
    await expect(page.locator("#q")).toHaveValue("zanzibarite");

    // Downloaded as it is on the screen.
    const href = (await page.locator('main a[download]:has-text("CSV")').getAttribute("href"))!;
    const csv = await (await page.request.get(href)).text();
    expect(csv.startsWith("\ufeff")).toBe(true);
    expect(csv).toContain(`Zanzibarite fisheries, ${name}`);
    expect(csv).toContain(t("register.amount"));

    // Kept under a name, and opened from it.
    await press(page.locator("main summary").filter({ hasText: t("register.saved") }));
    await press(page.getByRole("button", { name: t("register.save") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await write(page.locator("#name"), `Mine, ${name}`);
    await press(page.getByRole("button", { name: t("register.save") }));
    await expect(page.getByRole("button", { name: `Mine, ${name}`, exact: true })).toBeVisible();
    await press(page.getByRole("button", { name: t("register.clear") }));
    await expect(page).not.toHaveURL(/stage=/);
    await press(page.getByRole("button", { name: `Mine, ${name}`, exact: true }));
    await expect(page).toHaveURL(/stage=submitted/);
    await expect(page.locator(`main a[href="/app/screening/${one}"]`)).toBeVisible();

    // Dealt with two at a time; one was screened meanwhile, and its refusal stands at its row.
    const box = (id: string) => rows.filter({ has: page.locator(`a[href$="/${id}"]`) }).locator('input[type="checkbox"]');
    await pick(box(one));
    await pick(box(two));
    await found(ask, two, "ineligible", "Not of an owner state.");
    await choose(page.locator("#act"), "eligible");
    // With nothing on the list looked at, none is; its answers are given once for both.
    await press(page.getByRole("button", { name: t("register.do") }));
    await expect(page.getByText(t("register.outcome", { done: "0", refused: "2" }))).toBeVisible();
    await expect(page.locator("#checks-endorsed")).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("checks.rest") }));
    await press(page.getByRole("button", { name: t("register.do") }));
    await expect(page.getByText(t("register.outcome", { done: "1", refused: "1" }))).toBeVisible();
    if (!way.keyboard) await sound(page);
    const done = await ask("amara", "GET", `/proposals/${one}`);
    expect(done.stage).toBe("eligible");
  });
}

// The other lists go the same way: what is asked stands in the address, and the server answers.
for (const lang of ["en", "ar"] as const) {
  const t = words(lang);

  test(`meetings, decisions, programmes, organisations and people are found in their lists, ${lang}`, async ({ page, as }) => {
    await as("amara", lang);
    for (const [path, field] of [
      ["/meetings", "state"],
      ["/decisions", "kind"],
      ["/programmes", "state"],
    ] as const) {
      await page.goto(`/app${path}`);
      await expect(page.locator("main tbody tr a").first()).toBeVisible();
      await page.locator("#q").fill("xylophone nowhere");
      await expect(page).toHaveURL(/q=xylophone/);
      await expect(page.getByText(t("rows.none"))).toBeVisible();
      await page.locator("#q").fill("");
      await expect(page.locator("main tbody tr a").first()).toBeVisible();
      await page.locator("main thead button").first().click();
      await expect(page).toHaveURL(/sort=/);
      const value = await page.locator(`#${field} option`).nth(1).getAttribute("value");
      await page.locator(`#${field}`).selectOption(value!);
      await expect(page).toHaveURL(new RegExp(`${field}=${value}`));
      // What leaves as a file is what is on the screen.
      const href = (await page.locator('main a[download]:has-text("CSV")').getAttribute("href"))!;
      expect(href).toContain(`${field}=${value}`);
      const csv = await (await page.request.get(href)).text();
      expect(csv.startsWith("\ufeff")).toBe(true);
      // The list follows its address by a moment.
      const missing = async () => (await page.locator("main tbody tr a").allInnerTexts()).filter((title) => !csv.includes(title.trim()));
      await expect.poll(missing).toEqual([]);
      await sound(page);
    }
    await as("ingrid", lang);
    for (const [path, sought] of [
      ["/organisations", "IOM"],
      ["/people", "ingrid"],
    ] as const) {
      await page.goto(`/app${path}`);
      await expect(page.locator("main tbody tr").nth(1)).toBeVisible();
      await page.locator("#q").fill(sought);
      await expect(page.locator("main tbody tr")).toHaveCount(1);
      await sound(page);
    }
  });
}
