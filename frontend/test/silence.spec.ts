// In writing: a question circulated, its silence opened and extended, a position taken and changed from afar, asked and answered.
import { built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a question is circulated, opened, asked about, answered, extended and spoken to without a meeting, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press, write, choose, pick } = hands(page, way.keyboard);
    const title = `In writing, ${name}`;

    // The secretariat circulates.
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/meetings"]'));
    await press(page.locator('main a[href="/app/in-writing"]'));
    await expect(page.locator("h1")).toHaveText(t("writing.title"));
    if (!way.keyboard) await sound(page);
    await press(page.locator('main a[href="/app/in-writing/new"]'));
    await choose(page.locator("#kind"), "policy");
    await write(page.locator("#title"), title);
    await press(page.getByRole("button", { name: t("writing.circulate") })); // without its text: said at the field, nothing is lost
    await expect(page.locator('[role="alert"], #error-summary-title').first()).toBeVisible();
    await expect(page.locator("#title")).toHaveValue(title);
    await write(page.locator("#text"), "The body takes note.");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("writing.circulate") }));
    await expect(page.locator("h1")).toHaveText(title);
    await expect(page.locator("main")).toContainText(t("writing.listed"));
    const id = page.url().split("/").at(-1)!;

    // The Chair opens it, and extends it for a reason.
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    await press(page.getByRole("button", { name: t("writing.open") }));
    await expect(page.getByText(t("writing.if-silent-joins"))).toBeVisible();
    const first = (await ask("beatriz", "GET", `/questions/${id}`)).in_writing.ends_at;
    await press(page.locator("summary").filter({ hasText: t("writing.extend") }));
    await press(page.getByRole("button", { name: t("writing.extend-do") }));
    await expect(page.locator("#days")).toHaveAttribute("aria-invalid", "true");
    await write(page.locator("#days"), "2");
    await write(page.locator("#reason"), "The seminar comes first.");
    await press(page.getByRole("button", { name: t("writing.extend-do") }));
    await expect(page.getByText(t("writing.extended-to"))).toBeVisible();
    await expect(page.locator("main")).toContainText("The seminar comes first.");
    const extended = (await ask("beatriz", "GET", `/questions/${id}`)).in_writing.ends_at;
    expect(Date.parse(extended)).toBeGreaterThan(Date.parse(first));
    if (!way.keyboard) await sound(page);

    // A member finds it in the list, asks, and takes a position from where she is.
    await as("astrid", way.lang);
    await page.goto("/app/in-writing");
    await press(page.getByRole("link", { name: title }));
    await expect(page.locator("h1")).toHaveText(title);
    await write(page.locator("#text"), "Which seminar?");
    await press(page.getByRole("button", { name: t("writing.ask-send"), exact: true }));
    await expect(page.locator("main")).toContainText("Which seminar?");
    await pick(page.locator('input[type="radio"][value="agree"]'));
    await press(page.getByRole("button", { name: t("position.review") }));
    await press(page.getByRole("button", { name: t("position.confirm") }));
    await expect(page.getByText(t("position.taken")).first()).toBeVisible();
    if (!way.keyboard) await sound(page);
    const { positions } = await ask("amara", "GET", `/questions/${id}`);
    expect(positions.map((p: { position: string }) => p.position)).toEqual(["agree"]);

    // The secretariat answers in the thread; then it is withdrawn.
    await as("amara", way.lang);
    await page.goto(`/app/questions/${id}`);
    await press(page.getByRole("button", { name: t("writing.answer") }).first());
    await write(page.locator("#text"), "The one in Almoria.");
    await press(page.getByRole("button", { name: t("writing.answer-send") }));
    await expect(page.locator("blockquote")).toContainText("The one in Almoria.");
    await ask("beatriz", "POST", `/questions/${id}/withdrawal`, { reason: "It is not ripe." });
  });

  test(`what came after the end stands as late, and the Chair announces what the rest comes to, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const { press } = hands(page, way.keyboard);
    const { id } = await ask("amara", "POST", "/silences", {
      kind: "policy",
      procedure: "no-objection",
      title: `Over, ${name}`,
      text: "The body takes note.",
      language: "en",
    });
    await ask("beatriz", "POST", `/questions/${id}/opening`);
    // The end is ten working days off: here the server's answer is that of a minute after it.
    await page.route(`**/api/v1/questions/${id}`, async (route) => {
      const got = await route.fetch();
      const q = await got.json();
      const seat = (await ask("amara", "GET", `/questions/${id}/arithmetic`)).seats.find((s: { decides: boolean }) => s.decides).seat;
      q.in_writing = { ...q.in_writing, over: true, ends_at: new Date(Date.now() - 60_000).toISOString() };
      q.positions = [
        {
          seat,
          n: 1,
          position: "object",
          reason: "One minute late.",
          person: seat,
          recorded_by: seat,
          at: new Date().toISOString(),
          late: true,
        },
      ];
      q.may = [...q.may.filter((act: string) => act !== "silence.extend"), "decision.announce"];
      await route.fulfill({ response: got, json: q });
    });
    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${id}`);
    await expect(page.locator("main")).toContainText(t("writing.over"));
    await expect(page.locator("main")).toContainText(t("writing.late"));
    await expect(page.locator("main")).toContainText("One minute late.");
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("chair.announce") }));
    await press(page.getByRole("dialog").getByRole("button", { name: t("chair.announce") }));
    await expect(page.getByRole("dialog").locator("#error-summary-title")).toBeVisible(); // the server knows better: it runs
    await ask("beatriz", "POST", `/questions/${id}/withdrawal`, { reason: "It is not ripe." });
  });
}
