// Meetings: who attends without a seat, what members ask the agenda to have, where it is held, and the item before the body.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

/** The meeting that is under way in the example. */
const underWay = "Second meeting since the rotation";

for (const way of ways) {
  const t = words(way.lang);
  const mark = `${way.lang}${way.keyboard ? " K" : ""}`;

  test(`somebody who takes no seat comes and goes, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const name = `Ola Observer ${mark}`;
    const organisation = (await ask("ingrid", "GET", "/organisations?limit=200")).find((o: Answer) => o.code === "IOM").id;
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.getByRole("link", { name: underWay }));
    const part = page.getByRole("region", { name: t("attending.title") });
    await press(part.locator("summary"), "Enter");
    await press(part.getByRole("button", { name: t("attending.do"), exact: true }));
    await expect(page.getByRole("alert")).toBeFocused(); // nobody is named
    if (!way.keyboard) await sound(page);
    await write(part.locator("#name"), name);
    await choose(part.locator("#as"), "agent");
    await choose(part.locator("#organisation"), organisation);
    await press(part.getByRole("button", { name: t("attending.do"), exact: true }));
    const row = part.getByRole("listitem").filter({ hasText: name });
    await expect(row).toContainText(t("attending.as.agent"));
    await press(row.getByRole("button"));
    await expect(row.getByRole("button")).toBeHidden();
    await expect(row.locator("time")).toHaveCount(2);
    if (!way.keyboard) await sound(page);
  });

  test(`a meeting is planned with its place and link, changed, and followed in a calendar, ${told(way)}`, async ({
    page,
    as,
    ask,
    request,
  }) => {
    const { press, write, rewrite, choose, when } = hands(page, way.keyboard);
    const title = `Meeting by link ${mark}`;
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.locator('main a[href="/app/meetings/new"]'));
    await write(page.locator("#title"), title);
    await when(page.locator("#starts_at"), "2031-05-06T09:30");
    await choose(page.locator("#held"), "mixed");
    await write(page.locator("#place"), "Room A");
    await write(page.locator("#link"), "http://meet.example.org/1");
    await press(page.getByRole("button", { name: t("plan.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // no address of the web's safe kind
    if (!way.keyboard) await sound(page);
    await rewrite(page.locator("#link"), "https://meet.example.org/1");
    await press(page.getByRole("button", { name: t("plan.do") }));
    await expect(page.locator("h1")).toHaveText(title);
    await expect(page.locator('main a[href="https://meet.example.org/1"]')).toBeVisible();
    const id = page.url().split("/").at(-1)!;
    await press(page.getByRole("button", { name: t("venue.change") }));
    const box = page.getByRole("dialog");
    await choose(box.locator("#held"), "virtual");
    if (!way.keyboard) await sound(page);
    await press(box.getByRole("button", { name: t("venue.save") }));
    await expect(box).toBeHidden();
    await expect(page.getByText("Room A")).toBeHidden();
    expect((await ask("amara", "GET", `/meetings/${id}`)).held).toBe("virtual");
    // An auditor reads the agenda and is not told how to come in.
    expect((await ask("piotr", "GET", `/meetings/${id}`)).link).toBeUndefined();
    await as("astrid", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.locator("summary").filter({ hasText: t("calendar.title") }));
    await press(page.getByRole("button", { name: new RegExp(`^(${t("calendar.make")}|${t("calendar.renew")})$`) }));
    const address = page.getByRole("status").locator("code").filter({ hasText: ".ics" });
    await expect(address).toBeVisible();
    if (!way.keyboard) await sound(page);
    const dates = await (await request.get((await address.textContent())!)).text();
    expect(dates.replaceAll("\r\n ", "")).toContain(title);
  });

  test(`a member asks for items; one is taken on and listed, one is declined with a reason, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const meeting = await ask("amara", "POST", "/meetings", { title: `Items asked for ${mark}`, starts_at: "2031-06-03T08:00:00Z" });
    const at = `/app/meetings/${meeting.id}`;
    const part = page.getByRole("region", { name: t("asked.title") });
    const propose = async (title: string) => {
      await press(part.getByRole("button", { name: t("asked.propose") }));
      await write(part.locator("#asked-title"), title);
      await press(part.getByRole("button", { name: t("asked.send") }));
      await expect(page.getByRole("alert")).toBeFocused(); // no reason
      if (!way.keyboard) await sound(page);
      await choose(part.locator("#asked-language"), "fr");
      await write(part.locator("#asked-text"), `The body takes note of ${title}.`);
      await write(part.locator("#asked-reason"), "Costs rose.");
      await press(part.getByRole("button", { name: t("asked.send") }));
      await expect(part.getByRole("listitem").filter({ hasText: title })).toContainText(t("asked.waits"));
      await expect(part.locator("#asked-title")).toBeHidden();
    };
    await as("astrid", way.lang);
    await page.goto(at);
    await propose(`Costs ${mark}`);
    await propose(`Seats ${mark}`);

    await as("amara", way.lang);
    await page.goto(at);
    const declined = part.getByRole("listitem").filter({ hasText: `Seats ${mark}` });
    await press(declined.getByRole("button", { name: t("asked.decline") }));
    await expect(page.getByRole("alert")).toBeFocused(); // no reason either
    if (!way.keyboard) await sound(page);
    await write(declined.getByRole("textbox"), "They were confirmed in May.");
    await press(declined.getByRole("button", { name: t("asked.decline") }));
    await expect(declined).toContainText(t("asked.declined"));
    const taken = part.getByRole("listitem").filter({ hasText: `Costs ${mark}` });
    await press(taken.getByRole("button", { name: t("asked.take") }));
    await expect(taken).toContainText(t("asked.taken"));
    await press(taken.getByRole("link", { name: t("asked.list") }));
    await expect(page.locator("#title")).toHaveValue(`Costs ${mark}`);
    await expect(page.locator("#text")).toHaveValue(`The body takes note of Costs ${mark}.`);
    await expect(page.locator("#language")).toHaveValue("fr");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("list.do") }));
    await expect(page).toHaveURL(new RegExp(`${at}$`));
    await expect(page.locator("ol").getByRole("link", { name: `Costs ${mark}` })).toBeVisible();
    await expect(taken.getByRole("link", { name: t("asked.list") })).toBeHidden();

    // All read why not.
    await as("piotr", way.lang);
    await page.goto(at);
    await expect(declined).toContainText("They were confirmed in May.");
  });
}
