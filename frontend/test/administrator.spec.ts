// The administrator: sets an empty fund up, invites people, gives them roles and organisations their seats.
import { type Answer, built, expect, serve, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`an empty fund is set up with the token of its own machine, and signed in to, ${told(way)}`, async ({ page }) => {
    const empty = await serve();
    try {
      const { press, write } = hands(page, way.keyboard);
      const token = /#token=(\S+)/.exec(empty.said())![1]!;
      await page.goto(`${empty.url}/app/setup?lang=${way.lang}#token=${token}`);
      const submit = page.getByRole("button", { name: t("setup.do") });
      await press(submit);
      await expect(page.getByRole("alert")).toBeFocused(); // all that is missing at once
      if (!way.keyboard) await sound(page);
      for (const [field, text] of Object.entries({
        "fund-name": "Migration MPTF",
        "fund-code": "MPTF00209",
        "administrator-name": "Ada Admin",
        "administrator-email": "ada@example.org",
        "administrator-password": "a long and quiet river",
        "agent-name": "Multi-Partner Trust Fund Office",
        "agent-code": "MPTFO",
        "coordinator-name": "International Organization for Migration",
        "coordinator-code": "IOM",
        "bank_account-number": "CH93 0076 2011 6238 5295 7",
        "opening-bank-amount": "1000.00",
      }))
        await write(page.locator(`#${field}`), text);
      await press(submit);
      await expect(page.locator("h1")).toHaveText(t("setup.done"));
      await page.reload();
      await press(page.locator('main a[href="/sign-in"]'));
      await write(page.locator("#email"), "ada@example.org");
      await write(page.locator("#password"), "a long and quiet river");
      await press(page.locator("main button[type=submit]"));
      await page.waitForURL("**/app/");
      await expect(page.locator("header")).toContainText("Ada Admin");
      await page.locator("h1").waitFor();
      if (!way.keyboard) await sound(page); // a fund in which nothing waits
    } finally {
      await empty.stop();
    }
  });

  test(`somebody is invited, given a role and its end, and comes in, ${told(way)}`, async ({ page, as, example }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const email = `lena.${way.lang}.${way.keyboard}@example.org`;
    await as("ingrid", way.lang);
    await press(page.locator('nav a[href="/app/people"]'));
    await press(page.getByRole("button", { name: t("admin.add-invite") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await write(page.locator("#name"), `Lena ${name}`);
    await write(page.locator("#email"), email);
    await press(page.getByRole("button", { name: t("admin.add-invite") }));
    const link = page.getByRole("status").locator("code");
    await expect(link).toContainText("/password?token=");
    const invitation = (await link.textContent())!;
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("link", { name: t("admin.give-them-a-role", { name: `Lena ${name}` }), exact: true }));
    await choose(page.locator("#role"), "auditor");
    const iom = (await example.ask("ingrid", "GET", "/organisations?limit=200")).find((o: Answer) => o.code === "IOM").id;
    await choose(page.locator("#organisation"), iom);
    await write(page.locator("#note"), "Mandate of the board of auditors");
    await press(page.getByRole("button", { name: t("admin.grant") }));
    const role = page.getByRole("row").filter({ hasText: "Mandate of the board of auditors" });
    await press(role.getByRole("button"));
    const year = new Date().getFullYear() + 1;
    await when(page.getByRole("dialog").locator("#on"), `${year}-06-30`);
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("dialog").getByRole("button", { name: t("admin.end"), exact: true }));
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(role).toContainText(String(year));

    await page.context().clearCookies();
    await page.goto(example.url + new URL(invitation).pathname + new URL(invitation).search);
    if (!way.keyboard) await sound(page); // the form of a link that was not used
    await write(page.locator("#password"), "a long and quiet river");
    await press(page.locator("main button[type=submit]"));
    await press(page.locator("main a.button"));
    await write(page.locator("#email"), email);
    await write(page.locator("#password"), "a long and quiet river");
    await press(page.locator("main button[type=submit]"));
    await page.waitForURL("**/app/");
    await expect(page.locator("header")).toContainText(`Lena ${name}`);
  });

  test(`the chair is given anew, and no seat that a constituency fills, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, choose, when } = hands(page, way.keyboard);
    const chair = async () => (await ask("ingrid", "GET", "/seats")).find((s: Answer) => s.constituency === "chair");
    const seat = await chair();
    const last = seat.terms.at(-1);
    const year = Math.max(Number(last.from.slice(0, 4)), new Date().getUTCFullYear()) + 1;
    await as("ingrid", way.lang);
    await press(page.locator('nav a[href="/app/seats"]'));
    // All other seats have been held: from then on they are nominated for.
    await expect(page.locator("#seat option")).toHaveCount(1);
    await choose(page.locator("#seat"), seat.id);
    await choose(page.locator("#organisation"), last.organisation);
    await when(page.locator("#from"), `${year}-01-01`);
    await press(page.getByRole("button", { name: t("admin.give") }));
    await expect(page.getByRole("alert")).toBeFocused(); // somebody holds it then
    if (!way.keyboard) await sound(page);
    await ask("amara", "POST", `/seat-terms/${last.term}/giving-up`, { why: "departed", until: `${year}-01-31`, note: "Note" });
    await when(page.locator("#from"), `${year}-02-01`);
    await press(page.getByRole("button", { name: t("admin.give") }));
    await expect.poll(async () => (await chair()).terms.at(-1).from).toBe(`${year}-02-01`);
    await expect(page.getByText(t("admin.given"))).toBeVisible();
  });
}
