// The second tranche: it waits until enough of the first is used; the organisation says what it spent and committed, the
// secretariat plans the tranches of a part, and the agent's clock begins.
import { type Answer, type Ask, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

/** A request that waits for its tranche's test alone, of an organisation with somebody in the example. */
async function waiting(ask: Ask): Promise<Answer> {
  for (const r of await ask("amara", "GET", "/transfer-requests?limit=200")) {
    const { missing } = await ask("amara", "GET", `/transfer-requests/${r.id}`);
    if (missing.includes("tranche-not-used") && r.organisation.code === "UNICEF") return r;
  }
  throw new Error("nothing waits for its tranche");
}

test("the agent reads what a second tranche waits for, the organisation says what it used, and it can be paid", async ({
  page,
  as,
  ask,
}) => {
  const t = words("ar");
  const { press, rewrite, choose } = hands(page, true);
  const r = await waiting(ask);
  await as("rohan", "ar", "agent-preparer");
  await page.goto(`/app/transfers/${r.id}`);
  const tranche = page.locator("section[aria-labelledby=tranche]");
  await expect(tranche).toContainText(t("tranche.not-met"));
  await expect(page.locator("main")).toContainText(t("office.missing.tranche-not-used"));
  await sound(page);

  await as("marisol", "ar");
  await page.goto(`/app/programmes/${r.programme.id}/expenditures`);
  await expect(page.locator("main")).toContainText(t("tranche.not-met"));
  await choose(page.locator("#kind"), "provisional");
  for (const field of await page.locator("input[id^=lines-]").all())
    await rewrite(field, (await field.getAttribute("id")) === "lines-staff" ? "150000" : "0");
  await rewrite(page.locator("#committed"), "110000");
  await press(page.getByRole("button", { name: t("expenditure.send") }));
  await expect(page.getByText(t("expenditure.stated"))).toBeVisible();
  await expect(page.locator("main")).toContainText(t("tranche.met"));
  await sound(page);

  await as("rohan", "ar", "agent-preparer");
  await page.goto(`/app/transfers/${r.id}`);
  await expect(tranche).toContainText(t("tranche.pay-by"));
  expect((await ask("rohan agent-preparer", "GET", `/transfer-requests/${r.id}`)).missing).not.toContain("tranche-not-used");
});

for (const way of ways) {
  const t = words(way.lang);
  test(`the secretariat plans the tranches of a part, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, rewrite, choose, write } = hands(page, way.keyboard);
    const p = (await ask("amara", "GET", "/programmes")).find(
      (p: Answer) => p.decision && p.state !== "financially-closed" && p.shares.length > 1,
    );
    const [share] = p.shares;
    await as("amara", way.lang);
    await page.goto(`/app/office/programmes/${p.id}`);
    await choose(page.locator("#organisation"), share.organisation);
    await press(page.locator("summary").filter({ hasText: t("tranche.plan") }));
    await rewrite(page.locator("#parts"), "40, 40, 30");
    await press(page.getByRole("button", { name: t("tranche.plan-do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // more than the whole, and no reason
    await expect(page.locator("#parts")).toHaveValue("40, 40, 30");
    if (!way.keyboard) await sound(page);
    await rewrite(page.locator("#parts"), way.lang === "ar" ? "٤٠، ٣٠، ٣٠" : "40, 30, 30");
    await write(page.locator("#reason"), `As the work goes, ${told(way)}.`);
    await press(page.getByRole("button", { name: t("tranche.plan-do") }));
    await expect(page.getByText(t("tranche.planned"))).toBeVisible();
    const mine = (await ask("amara", "GET", `/programmes/${p.id}/expenditures`)).find(
      (x: Answer) => x.organisation.id === share.organisation,
    );
    expect(mine.tranches.plan).toMatchObject({ parts: [40, 30, 30], reason: `As the work goes, ${told(way)}.` });
  });
}
