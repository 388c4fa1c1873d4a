// Where there is no consensus: the steps of the charter, and the ways out of them; and texts that members propose in the place of another.
import { type Answer, built, expect, sound, test } from "./example";
import { objected, planned, put, spoken } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 150_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a member objects; without consensus the item goes up the steps and comes back with another text, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press, write, rewrite, choose, pick } = hands(page, way.keyboard);
    const title = `No consensus, ${name}`;
    const { id, meeting } = await put(ask, title);
    const next = await planned(ask, `The meeting after, ${name}`);
    const text = page.locator("#ladder-text");
    const refused = async (field: string) => {
      await expect(page.getByRole("alert")).toBeFocused();
      await expect(page.locator(`#${field}`)).toHaveAttribute("aria-invalid", "true");
    };

    // A member objects, and is told why the Chair may end it; she may not do so herself.
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    await pick(page.locator('input[type="radio"][value="object"]'));
    await write(page.locator("#reason"), "The budget is thin.");
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect(page.getByText(t("position.taken")).first()).toBeVisible();
    await expect(page.getByRole("button", { name: t("ladder.unresolve") })).toHaveCount(0);

    // The Chair ends it without consensus: not without saying what is done first.
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    await press(page.getByRole("button", { name: t("ladder.unresolve") }));
    await refused("ladder-text");
    await write(text, "The Principals meet.");
    await page.reload();
    await expect(text).toHaveValue("The Principals meet."); // nothing typed is lost
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("ladder.unresolve") }));
    await expect(page.locator(":focus")).toHaveCount(1); // the form is gone, not the place
    const steps = page.locator("section[aria-labelledby=ladder] > ol > li");
    await expect(steps).toHaveCount(3);
    await expect(steps.nth(0)).toContainText("The Principals meet.");
    await expect(steps.nth(1)).toContainText(t("ladder.not-reached"));

    // Up, step by step; after the last there is no next.
    for (const [n, said] of ["The Executive Committee took it up.", "Referred."].entries()) {
      await press(page.getByRole("button", { name: t("ladder.climb") }));
      if (n === 0) {
        await press(page.getByRole("button", { name: t("ladder.climb") })); // with nothing written
        await refused("ladder-text");
        await expect(steps.nth(1)).toContainText(t("ladder.not-reached"));
      }
      await write(text, said);
      if (n === 0 && !way.keyboard) await sound(page);
      await press(page.getByRole("button", { name: t("ladder.climb") }));
      await expect(steps.nth(n + 1)).toContainText(said);
    }
    await expect(page.getByRole("button", { name: t("ladder.climb") })).toHaveCount(0);

    // Back to the body with the text that was worked out.
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await rewrite(text, "The body approves half of it.");
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(text).toHaveValue("The body approves half of it.");
    await choose(page.locator("#ladder-meeting"), next);
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await refused("ladder-reason");
    if (!way.keyboard) await sound(page);
    await write(page.locator("#ladder-reason"), "The Secretary-General advises it.");
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await expect(page.getByRole("status").filter({ hasText: t("ladder.ended.returned") })).toContainText(
      "The Secretary-General advises it.",
    );
    if (!way.keyboard) await sound(page);
    const old = await ask("beatriz", "GET", `/questions/${id}`);
    expect(old.state).toBe("returned");
    await press(page.getByRole("link", { name: t("ladder.followed-by", { item: old.followed_by.item }) }));
    const follower = await ask("beatriz", "GET", `/questions/${old.followed_by.question}`);
    await expect(page).toHaveURL(new RegExp(old.followed_by.question));
    await expect(page.locator("main")).toContainText("The body approves half of it.");
    await expect(page.getByRole("link", { name: t("ladder.follows", { item: follower.follows.item }) })).toBeVisible();
    if (!way.keyboard) await sound(page);
    await ask("beatriz", "POST", `/questions/${old.followed_by.question}/withdrawal`, { reason: "It is not ripe." });
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });

  test(`what went up the steps comes back in writing, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const { id, meeting } = await put(ask, `Back in writing, ${name}`);
    await objected(ask, id, "Not so.");
    await ask("beatriz", "POST", `/questions/${id}/ladder`, { text: "The Principals meet." });
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await choose(page.locator("#ladder-meeting"), "in-writing");
    await write(page.locator("#ladder-reason"), "The Principals agreed on the words.");
    await press(page.getByRole("button", { name: t("ladder.return") }));
    await expect(page.getByRole("status").filter({ hasText: t("ladder.ended.returned") })).toBeVisible();
    const { followed_by } = await ask("beatriz", "GET", `/questions/${id}`);
    expect((await ask("beatriz", "GET", `/questions/${followed_by.question}`)).in_writing).toBeTruthy();
    await ask("beatriz", "POST", `/questions/${followed_by.question}/withdrawal`, { reason: "It is not ripe." });
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });

  test(`what ended without consensus is left undecided, with a reason, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const { id, meeting } = await put(ask, `Left, ${name}`);
    await objected(ask, id, "Not so.");
    await ask("beatriz", "POST", `/questions/${id}/ladder`, { text: "The Principals meet." });
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    await press(page.getByRole("button", { name: t("ladder.end") }));
    await press(page.getByRole("button", { name: t("ladder.end") }));
    await expect(page.getByRole("alert")).toBeFocused();
    const reason = page.locator("#ladder-reason");
    await expect(reason).toHaveAttribute("aria-invalid", "true");
    await write(reason, "No way forward was found.");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("dialog.cancel") }));
    await press(page.getByRole("button", { name: t("ladder.end") }));
    await expect(reason).toHaveValue("No way forward was found."); // closed, and opened again
    await press(page.getByRole("button", { name: t("ladder.end") }));
    await expect(page.getByRole("status").filter({ hasText: t("ladder.ended.undecided") })).toContainText("No way forward was found.");
    await expect(page.getByRole("button", { name: t("ladder.return") })).toHaveCount(0);
    expect((await ask("beatriz", "GET", `/questions/${id}`)).state).toBe("undecided");
    // The members read it as it was left.
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    await expect(page.locator("main")).toContainText("No way forward was found.");
    if (!way.keyboard) await sound(page);
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });

  test(`a member proposes a text, it is compared and taken, positions are taken anew; another is not taken, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press, write, rewrite, choose, pick } = hands(page, way.keyboard);
    const title = `The body endorses the paper, ${name}`;
    const { id, meeting } = await put(ask, title);
    await spoken(ask, id, ["agree", "agree"]);
    const texts = page.locator("section[aria-labelledby=texts]");
    const row = (reason: string) => texts.locator("ol > li").filter({ hasText: reason });
    const other = title.replace("endorses", "notes");

    // A member takes a position, then proposes another text: with a reason, and another than stands.
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    await pick(page.locator('input[type="radio"][value="object"]'));
    await write(page.locator("#reason"), "Nobody endorses what was not read.");
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect(page.getByText(t("position.taken")).first()).toBeVisible();
    await press(page.getByRole("button", { name: t("texts.propose") }));
    await press(page.getByRole("button", { name: t("texts.send") }));
    await expect(page.getByRole("alert")).toBeFocused();
    for (const field of ["text", "reason"]) await expect(page.locator(`#proposed-${field}`)).toHaveAttribute("aria-invalid", "true");
    await rewrite(page.locator("#proposed-text"), other);
    await expect(texts.locator("del")).toContainText("endorses"); // compared while it is written
    await page.reload();
    await press(page.getByRole("button", { name: t("texts.propose") }));
    await expect(page.locator("#proposed-text")).toHaveValue(other);
    await write(page.locator("#proposed-reason"), "Few have read all of it.");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("texts.send") }));
    await expect(row("Few have read all of it.")).toContainText(t("texts.waits"));
    await expect(page.locator("#proposed-text")).toHaveCount(0);

    // The secretariat writes down another, said in the room, for a member whom it names.
    await as("amara", way.lang);
    await page.goto(`/app/questions/${id}`);
    await expect(row("Few have read all of it.").locator("del")).toContainText("endorses");
    await expect(row("Few have read all of it.").locator("ins")).toContainText("notes");
    await press(page.getByRole("button", { name: t("texts.propose") }));
    await rewrite(page.locator("#proposed-text"), "The body defers it.");
    await write(page.locator("#proposed-reason"), "Said in the room.");
    await press(page.getByRole("button", { name: t("texts.send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // whose it is
    await expect(page.locator("#proposed-seat")).toHaveAttribute("aria-invalid", "true");
    await expect(page.locator("#proposed-text")).toHaveValue("The body defers it.");
    const { seats } = await ask("amara", "GET", `/questions/${id}/arithmetic`);
    await choose(page.locator("#proposed-seat"), seats.find((s: Answer) => s.decides && !s.recused).seat);
    await press(page.getByRole("button", { name: t("texts.send") }));
    await expect(row("Said in the room.")).toContainText(t("texts.waits"));

    // The Chair: one is not taken, for a reason; the other is.
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    const second = row("Said in the room.");
    await press(second.getByRole("button", { name: t("texts.decline") }));
    await expect(page.getByRole("alert")).toBeFocused();
    await expect(second.locator("textarea")).toHaveAttribute("aria-invalid", "true");
    await write(second.locator("textarea"), "It was deferred before.");
    if (!way.keyboard) await sound(page);
    await press(second.getByRole("button", { name: t("texts.decline") }));
    await expect(second).toContainText(t("texts.not-taken"));
    await expect(second).toContainText("It was deferred before.");
    await press(row("Few have read all of it.").getByRole("button", { name: t("texts.take") }));
    await expect(row("Few have read all of it.")).toContainText(t("texts.taken"));
    await expect(texts.getByRole("status")).toHaveText(t("texts.amended", { version: "2" }));
    await expect(texts.getByRole("button", { name: t("texts.take") })).toHaveCount(0);
    if (!way.keyboard) await sound(page);

    // What was said before stands as said of the text before; she takes her position anew.
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${id}`);
    await expect(texts.getByRole("heading", { name: t("texts.former") })).toBeVisible();
    await expect(texts.locator("ul > li").filter({ hasText: "Nobody endorses what was not read." })).toContainText(
      t("texts.former-of", { version: "1" }),
    );
    await press(texts.locator("summary"));
    await expect(texts.locator("details ins")).toContainText("notes");
    await pick(page.locator('input[type="radio"][value="agree"]'));
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect(page.getByText(t("position.taken")).first()).toBeVisible();
    if (!way.keyboard) await sound(page);
    const now = await ask("amara", "GET", `/questions/${id}`);
    expect(now.text).toBe(other);
    expect((await ask("amara", "GET", `/questions/${id}/arithmetic`)).positions.blocks).toBe(0);
    expect(now.positions.filter((p: Answer) => p.text_version === 2).map((p: Answer) => p.position)).toEqual(["agree"]);
    await ask("beatriz", "POST", `/questions/${id}/withdrawal`, { reason: "It is not ripe." });
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });
}
