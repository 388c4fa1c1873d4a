// Meetings: who attends without a seat, what members ask the agenda to have, where it is held, and the item before the body.
import { type Answer, built, expect, sound, test } from "./example";
import { planned, seated } from "./given";
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

  test(`the secretariat puts the agenda in order, and late items are marked, ${told(way)}`, async ({ page, as, ask }) => {
    const { press } = hands(page, way.keyboard);
    const titles = ["One", "Two", "Three"].map((x) => `${x} of ${mark}`);
    const meeting = await planned(ask, `In order ${mark}`, ...titles.map((title) => ({ title, procedure: "consensus" })));
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    const items = page.locator("ol > li");
    await expect(items).toHaveCount(3);
    await expect(items.nth(0)).toContainText(t("due.late")); // the meeting would begin now
    await expect(page.getByText(t("due.papers"))).toBeVisible();
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("steer.up", { number: "3" }) }));
    await expect(items.nth(1)).toContainText(titles[2]!);
    await expect(page.getByRole("button", { name: t("steer.up", { number: "2" }) })).toBeFocused();
    await press(page.getByRole("button", { name: t("steer.up", { number: "2" }) }));
    await expect(items.nth(0)).toContainText(titles[2]!);
    await press(page.getByRole("button", { name: t("steer.down", { number: "2" }) }));
    await expect(items.nth(2)).toContainText(titles[0]!);
    const kept = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda.map((q: Answer) => q.title);
    expect(kept).toEqual([titles[2], titles[1], titles[0]]);
  });

  test(`all see which item the meeting is at; who is recused sees an item without its name, ${told(way)}`, async ({
    page,
    as,
    ask,
    browser,
    example,
  }) => {
    const { press } = hands(page, way.keyboard);
    const title = `At the okapi ${mark}`;
    const meeting = await planned(ask, `Live ${mark}`, { title, procedure: "consensus" });
    const [{ id }] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await seated(ask, meeting);
    await ask("abla", "POST", `/questions/${id}/interests`, { kind: "personal", note: "A brother." });
    const watches = async (who: string) => {
      const session = await example.session(who);
      await session.put("/api/v1/session/language", { data: { language: way.lang } });
      const context = await browser.newContext({ baseURL: example.url, storageState: await session.storageState() });
      const other = await context.newPage();
      await other.goto(`/app/meetings/${meeting}`);
      const now = other.locator("section[aria-live=polite]").filter({ hasText: t("meeting.now") });
      await expect(now).toContainText(t("meeting.nothing-open"));
      return { now, context, other };
    };
    const member = await watches("astrid");
    const recused = await watches("abla");
    await as("beatriz", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    const here = page.getByRole("button", { name: t("steer.here", { number: "1" }) });
    await press(here);
    await expect(here).toHaveAttribute("aria-pressed", "true");
    await expect(member.now).toContainText(title);
    await expect(member.now).toContainText("A brother."); // the conflict beside it
    await expect(recused.now).toContainText(t("decide.item", { number: "1" }));
    // Its papers are one file; whoever is recused has none of them, nor among those of the agenda.
    const link = member.other.getByRole("link", { name: t("papers.item", { number: "1" }) });
    const [file] = await Promise.all([member.other.waitForEvent("download"), link.click()]);
    expect(file.suggestedFilename()).toMatch(/-item-1\.zip$/);
    await expect(recused.other.getByRole("link", { name: t("papers.item", { number: "1" }) })).toHaveCount(0);
    const [theirs] = await Promise.all([
      recused.other.waitForEvent("download"),
      recused.other.getByRole("link", { name: t("papers.all") }).click(),
    ]);
    expect(theirs.suggestedFilename()).toMatch(/-papers\.zip$/);
    expect(await recused.other.locator("main").textContent()).not.toContain("okapi");
    if (!way.keyboard) await sound(page);
    // Where the line is cut it is told, and taken up again by itself.
    await member.context.setOffline(true);
    await press(here);
    await expect(recused.now).toContainText(t("meeting.nothing-open"));
    await member.context.setOffline(false);
    await expect(member.now).toContainText(t("meeting.nothing-open"), { timeout: 30_000 });
    for (const x of [member, recused]) await x.context.close();
  });
}
