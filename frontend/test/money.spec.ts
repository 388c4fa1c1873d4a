// Money in, as the agent books it: the United Nations' rates of exchange, and what is valued by them.
import type { Page } from "@playwright/test";
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

const row = (currency: string, day: string, rate: string) =>
  `<UN_OPERATIONAL_RATES><abbrv_name>Anywhere</abbrv_name><name>Money</name><f_curr_code>${currency}</f_curr_code><eff_date>${day}</eff_date><rate>${rate}</rate></UN_OPERATIONAL_RATES>`;
/** A month's file. */
const monthly = (...rows: string[]) => `<UN_OPERATIONAL_RATES_DATASET>${rows.join("\n")}</UN_OPERATIONAL_RATES_DATASET>`;

/** This month's rate of the krone is there. */
async function haveRates(page: Page) {
  const first = `${new Date().toISOString().slice(0, 7)}-01`;
  const send = async (body: string) => {
    const headers = { "Content-Type": "text/xml", "Idempotency-Key": crypto.randomUUID() };
    return (await fetch("/api/v1/operational-rates", { method: "POST", body, headers })).status;
  };
  expect(await page.evaluate(send, monthly(row("NOK", first, "10.15")))).toBe(201);
}

for (const [n, way] of ways.entries()) {
  const t = words(way.lang);

  test(`a month's rates are taken in, and what was said before stays, ${told(way)}`, async ({ page, as }) => {
    const { press, reach } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await press(page.locator('nav a[href="/app/agreements"]'));
    await press(page.getByRole("link", { name: t("office.rates") }));
    await expect(page.locator("h1")).toBeFocused();
    const day = `${2001 + n}-03-01`; // each way has a month of its own
    await press(page.getByRole("button", { name: t("rates.import") }));
    const dialog = page.getByRole("dialog");
    const file = dialog.locator("input[type=file]");
    const give = async (name: string, content: string) => {
      const choosing = page.waitForEvent("filechooser");
      if (way.keyboard) {
        await reach(file);
        await page.keyboard.press("Enter");
      } else await file.click();
      await (await choosing).setFiles({ name, mimeType: "application/xml", buffer: Buffer.from(content) });
    };
    await give("note.xml", "<Document/>");
    await expect(dialog.getByRole("alert")).toBeFocused(); // no file of rates
    if (!way.keyboard) await sound(page);
    await give("march.xml", monthly(row("NOK", day, "10.150"), row("EUR", day, "0.882")));
    await expect(dialog.getByText(t("rates.done", { added: "2", corrected: "0", known: "0" }))).toBeVisible();
    await give("march again.xml", monthly(row("NOK", day, "10.150"), row("EUR", day, "0.881")));
    await expect(dialog.getByText(t("rates.done", { added: "0", corrected: "1", known: "1" }))).toBeVisible();
    await press(dialog.getByRole("button", { name: t("dialog.close") }).last());
    await page.goto(`/app/rates?on=${2001 + n}-03-15`);
    await expect(page.locator('main data[value="10.150"]')).toBeVisible();
    await press(page.locator('main a[href="/app/rates?currency=EUR"]'));
    const said = page.getByRole("row").filter({ has: page.locator('data[value="0.882"]') });
    await expect(said.getByText(t("rates.replaced")).first()).toBeVisible();
    await expect(page.locator('main data[value="0.881"]').first()).toBeVisible();
    await page.goto(`/app/rates?on=${2001 + n}-05-15`);
    await expect(page.getByText(t("rates.month-missing"))).toBeVisible();
    if (!way.keyboard) await sound(page);
  });

  test(`kroner are booked at what the bank made of them, their worth beside it, ${told(way)}`, async ({ page, as }) => {
    const { press, choose, write } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await haveRates(page);
    await press(page.locator('nav a[href="/app/agreements"]'));
    await press(page.getByRole("link", { name: "SAA-2025-05" }));
    await press(page.getByRole("link", { name: t("office.deposit-record") }));
    await expect(page.locator("h1")).toBeFocused();
    await page.locator('#currency option[value="NOK"]').waitFor({ state: "attached" });
    await choose(page.locator("#currency"), "NOK");
    await write(page.locator("#amount"), "12000.00");
    await expect(page.locator('main data[value="1182.27"]')).toBeVisible(); // what it is worth
    await press(page.getByRole("button", { name: t("office.deposit-record") }));
    await expect(page.locator("#credited")).toHaveAttribute("aria-invalid", "true"); // what came is not said
    await expect(page.locator("#amount")).toHaveValue(/12.000.00/);
    if (!way.keyboard) await sound(page);
    await write(page.locator("#credited"), "1180.00");
    await expect(page.locator('main data[value="-2.27"]')).toBeVisible();
    await press(page.getByRole("button", { name: t("office.deposit-record") }));
    await expect(page.locator("h1")).toContainText("SAA-2025-05");
    const booked = page.getByRole("row").filter({ has: page.locator('data[value="12000.00"]') });
    await expect(booked.locator('data[value="-2.27"]').first()).toBeVisible();
    await expect(booked.locator('data[value="1180.00"]').first()).toBeVisible();
    if (!way.keyboard) await sound(page);
    await press(booked.locator('a[href^="/app/vouchers/"]').first());
    await expect(page.getByText("exchange:differences").first()).toBeVisible();
  });

  test(`an agreement is signed in kroner, ${told(way)}`, async ({ page, as }) => {
    const { press, choose, write, rewrite } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await haveRates(page);
    await page.goto("/app/agreements/new");
    await page.locator('#currency option[value="NOK"]').waitFor({ state: "attached" });
    await choose(page.locator("#currency"), "NOK");
    const contributor = page.locator("#contributor");
    await contributor.locator("option").nth(2).waitFor({ state: "attached" });
    await choose(contributor, (await contributor.locator("option").nth(2).getAttribute("value")) ?? "");
    await write(page.locator("#amount"), "203000.00");
    await expect(page.locator('main data[value="20000.00"]')).toBeVisible();
    await page.locator("#instalments-0-due_on").fill("2027-01-15");
    await rewrite(page.locator("#instalments-0-amount"), "203000.00");
    await press(page.getByRole("button", { name: t("office.agreement-record") }));
    await expect(page).toHaveURL(/agreements\/[0-9a-f-]{36}$/);
    await expect(page.locator('main data[value="20000.00"]').first()).toBeVisible();
    await expect(page.getByText(t("exchange.instalment.due"), { exact: true }).first()).toBeVisible();
    if (!way.keyboard) await sound(page);
  });

  test(`a charge of the bank is booked from its line, and taken back with a reason, ${told(way)}`, async ({ page, as }) => {
    const { press, pick, write } = hands(page, way.keyboard);
    await as("rohan", way.lang);
    await press(page.locator('nav a[href="/app/reconcile"]'));
    const bank = page.locator('[data-side="bank"]');
    const dialog = page.getByRole("dialog");
    const inDialog = (id: string) => dialog.getByRole("button", { name: t(id), exact: true });
    await bank.locator("input[type=checkbox]:enabled").first().waitFor();
    await pick(page.locator('input[name="view"]').nth(4)); // what is set aside
    const line = bank.getByRole("row").filter({ has: page.locator('data[value="-35.00"]') });
    await press(line.getByRole("button").first());
    await press(bank.getByRole("button", { name: t("booking.act") }));
    await press(inDialog("booking.save"));
    await expect(dialog.getByRole("alert")).toBeFocused(); // why is asked for
    if (!way.keyboard) await sound(page);
    await write(dialog.locator("textarea"), "The bank says that it is ours.");
    await press(inDialog("booking.save"));
    await expect(dialog).toBeHidden();
    await expect(page.getByText(t("booking.done"))).toBeVisible();
    await pick(page.locator('input[name="view"]').nth(3)); // what is matched
    await press(line.getByRole("button").first());
    await expect(bank.getByText("The bank says that it is ours.")).toBeVisible();
    await press(bank.getByRole("button", { name: t("reconcile.undo") }));
    await write(dialog.locator("textarea"), "A trial.");
    await press(inDialog("reconcile.undo"));
    await expect(dialog).toBeHidden();
    await page.goto("/app/funding-status/bank_charges");
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.getByRole("cell", { name: t("office.kind.bank-charge") }).first()).toBeVisible();
  });
}
