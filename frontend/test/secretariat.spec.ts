// The secretariat: calls, screening, the agenda and the record of a meeting, transfer requests.
import { built, expect, sound, test } from "./example";
import { decided, inDays, planned, screened, seated, submitted, unasked } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a proposal is screened, and a refusal stands at its field, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await submitted(ask, `To be screened, ${name}`);
    const { press, write, pick, choose } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/screening"]'));
    await press(page.locator(`main a[href="/app/screening/${id}"]`));
    await pick(page.locator('input[name="outcome"][value="returned"]'));
    await press(page.getByRole("button", { name: t("screening.do") }));
    await expect(page.getByRole("alert")).toBeFocused();
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("checks.rest") }));
    await choose(page.locator("#points-0-section"), "basics");
    await write(page.locator("#points-0-todo"), "Name the municipalities.");
    await press(page.getByRole("button", { name: t("points.add") }));
    await choose(page.locator("#points-1-section"), "markers");
    await write(page.locator("#points-1-todo"), "Say why the gender marker is so.");
    await press(page.getByRole("button", { name: t("screening.do") }));
    await expect(page.getByText(t("screening.outcome.returned"))).toBeVisible();
    await expect(page.locator("main li").filter({ hasText: "Say why the gender marker is so." })).toBeVisible();
    await press(page.getByRole("link", { name: t("screening.next") }));
    await expect(page.locator(`main a[href="/app/screening/${id}"]`)).toHaveCount(0);
  });

  test(`what the body did not take up is declined on its word, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await screened(ask, `Not taken up, ${name}`, "eligible");
    const word = await decided(ask, `What is not taken up, ${name}`);
    const { press, write, choose } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await page.goto(`/app/office/proposals?q=${encodeURIComponent(`"Not taken up"`)}`); // the list may have more pages by now
    await press(page.locator(`main a[href$="/${id}"]`));
    await press(page.locator("main summary").filter({ hasText: t("declining.title") }));
    await choose(page.locator("#decision"), word);
    await press(page.getByRole("button", { name: t("declining.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // the applicant is owed the reason
    if (!way.keyboard) await sound(page);
    await write(page.locator("#reason"), "Sound, and weaker than six others.");
    await press(page.getByRole("button", { name: t("declining.do") }));
    await expect(page.locator(`main a[href="/app/decisions/${word}"]`)).toBeVisible();
    await expect(page.getByText("Sound, and weaker than six others.")).toBeVisible();
  });

  test(`a meeting is planned, a question listed, the room and the roll call recorded, ${told(way)}`, async ({ page, as, ask }) => {
    // A document that no agenda has yet: each way its own.
    const document = ["Mirandesh", "Nambora", "Kamaro", "سندارا"][ways.indexOf(way)]!;
    const documents = await ask("amara", "GET", "/proposals?stage=eligible&phase=document&limit=100");
    const { id: grant, title } = documents.find((p: { title: string }) => p.title.includes(document));
    const { press, write, choose, pick, when } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.locator('main a[href="/app/meetings/new"]'));
    await write(page.locator("#title"), `Third meeting, ${name}`);
    await when(page.locator("#starts_at"), inDays(20));
    await press(page.getByRole("button", { name: t("plan.do") }));
    await expect(page.locator("h1")).toHaveText(`Third meeting, ${name}`);
    const meeting = page.url().split("/").at(-1)!;

    await press(page.getByRole("link", { name: t("meeting.list") }));
    await choose(page.locator("#proposal"), grant);
    await expect(page.locator("#title")).toHaveValue(title);
    await write(page.locator("#text"), "The body grants what is asked for.");
    await press(page.getByRole("button", { name: t("list.do") }));
    await expect(page.locator("main li").filter({ hasText: title })).toBeVisible();
    await press(page.getByRole("link", { name: t("meeting.list") }));
    await choose(page.locator("#kind"), "policy");
    await choose(page.locator("#procedure"), "vote");
    await write(page.locator("#title"), "Summaries for everybody");
    await press(page.getByRole("button", { name: t("list.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // what is adopted has a text
    await write(page.locator("#text"), "A summary of every programme is published.");
    await press(page.getByRole("button", { name: t("list.do") }));
    const item = page.locator("main ol a").filter({ hasText: "Summaries for everybody" });
    await item.waitFor();

    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    const seat = page.locator("#seat");
    await seat.waitFor(); // the page looks again by itself
    const somebody = (await seat.locator("option").nth(2).getAttribute("value"))!;
    await choose(seat, somebody);
    await press(page.getByRole("button", { name: t("room.seat-do"), exact: true }));
    await expect(page.locator(`#seat option[value="${somebody}"]`)).toHaveCount(0);
    await seated(ask, meeting);
    const question = (await item.getAttribute("href"))!.split("/").at(-1)!;
    await ask("beatriz", "POST", `/questions/${question}/opening`);
    await press(page.getByRole("link", { name: t("meeting.follow") }));
    const whose = page.locator("main select#seat");
    await whose.waitFor();
    await choose(whose, (await whose.locator("option").nth(3).getAttribute("value"))!);
    await pick(page.locator('input[name="position"][value="yes"]'));
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect.poll(async () => (await ask("amara", "GET", `/questions/${question}/arithmetic`)).positions.joins).toBe(1);
    await ask("beatriz", "POST", `/questions/${question}/withdrawal`, { reason: "It is not ripe." });
    const left = (await ask("beatriz", "GET", `/meetings/${meeting}`)).agenda.filter((q: { state: string }) => q.state === "listed");
    const items = left.map((q: { id: string }) => ({ question: q.id, reason: "There was no time." }));
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`, { items });
  });

  test(`a transfer is requested, ${told(way)}`, async ({ page, as, ask }) => {
    const share = await unasked(ask, 1000);
    const { press, write, choose } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/office/programmes"]'));
    await press(page.locator(`main a[href="/app/office/programmes/${share.programme}"]`));
    await choose(page.locator("#organisation"), share.organisation);
    await write(page.locator("#amount"), "99000000");
    await write(page.locator("#purpose"), `Equipment, ${name}`);
    await press(page.getByRole("button", { name: t("request.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // more than the share
    if (!way.keyboard) await sound(page);
    await hands(page, way.keyboard).rewrite(page.locator("#amount"), "1000.00");
    await press(page.getByRole("button", { name: t("request.do") }));
    await expect(page.getByRole("row").filter({ hasText: `Equipment, ${name}` })).toContainText("1,000.00");
    await page.reload();
    await expect(page.getByRole("row").filter({ hasText: `Equipment, ${name}` })).toContainText(t("request.stage.requested"));
  });
}

test("a meeting that is over takes no question", async ({ page, as, ask }) => {
  const meeting = await planned(ask, "Soon over");
  await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
  await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  await as("amara");
  await page.goto(`/app/meetings/${meeting}`);
  await page.locator("main h1").waitFor();
  await expect(page.getByText(words("en")("meeting.nothing-closed"))).toBeVisible();
  await expect(page.getByRole("link", { name: words("en")("meeting.list") })).toHaveCount(0);
});
