// Money in, as the agent books it: the United Nations' rates of exchange, and what is valued by them.
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

const row = (currency: string, day: string, rate: string) =>
  `<UN_OPERATIONAL_RATES><abbrv_name>Anywhere</abbrv_name><name>Money</name><f_curr_code>${currency}</f_curr_code><eff_date>${day}</eff_date><rate>${rate}</rate></UN_OPERATIONAL_RATES>`;
/** A month's file. */
const monthly = (...rows: string[]) => `<UN_OPERATIONAL_RATES_DATASET>${rows.join("\n")}</UN_OPERATIONAL_RATES_DATASET>`;

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
}
