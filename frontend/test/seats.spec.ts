// The secretariat on seats: letters, seats given up, who belongs to which constituency, and the groups that states are in.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

const inDays = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

for (const way of ways) {
  const t = words(way.lang);
  const n = ways.indexOf(way);

  test(`a seat has its letter, and is given up with why and by what paper, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const running = (s: Answer) => s.terms.find((m: Answer) => m.from <= inDays(0) && m.until > inDays(60) && !m.ended);
    const seats = await ask("amara", "GET", "/seats");
    const seat = seats.find((s: Answer) => s.constituency !== "chair" && running(s));
    const term = running(seat);
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/rotation"]'));
    await press(page.locator('main a[href="/app/seats"]'));
    const row = page
      .getByRole("row")
      .filter({ hasText: term.name })
      .filter({ has: page.getByRole("button") })
      .first();
    await press(row.getByRole("button", { name: t("seats.letter") }));
    await expect(page.getByRole("dialog").getByRole("article")).toContainText(term.name);
    await choose(page.locator("#letter-language"), "fr");
    await expect(page.getByRole("dialog").locator("article[lang=fr]")).toContainText(term.name);
    if (!way.keyboard) await sound(page);
    await press(
      page
        .getByRole("dialog")
        .getByRole("button", { name: t("dialog.close") })
        .last(),
    );
    await press(row.getByRole("button", { name: t("seats.give-up") }));
    const box = page.getByRole("dialog");
    const give = box.getByRole("button", { name: t("seats.give-up"), exact: true });
    await when(box.locator("#until"), inDays(-20));
    await choose(box.locator("#why"), "resigned");
    await press(give);
    await expect(page.getByRole("alert")).toBeFocused(); // the paper is missing
    if (!way.keyboard) await sound(page);
    await write(box.locator("#note"), "Letter of today");
    await press(give);
    await expect(page.getByRole("alert")).toBeFocused(); // a day that is past stays as it was
    await when(box.locator("#until"), inDays(20 + n));
    await press(give);
    await expect(box).toBeHidden();
    await expect(
      page
        .getByRole("row")
        .filter({ hasText: t("seats.why.resigned") })
        .filter({ hasText: term.name })
        .first(),
    ).toBeVisible();
    const now = (await ask("amara", "GET", "/seats")).find((s: Answer) => s.id === seat.id).terms.find((m: Answer) => m.term === term.term);
    expect([now.until, now.meant_until, now.ended]).toEqual([inDays(20 + n), term.until, "resigned"]);
  });

  test(`a term that has not begun is given up whole, and its seat is to be given again, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const coming = async () =>
      (await ask("amara", "GET", "/rotation")).rounds
        .flatMap((r: Answer) => r.vacancies)
        .filter((v: Answer) => v.from > inDays(1) && v.candidates.some((c: Answer) => c.eligible));
    const [vacancy] = await coming();
    const who = vacancy.candidates.find((c: Answer) => c.eligible);
    const { id } = await ask("amara", "POST", `/seats/${vacancy.seat}/nominations`, { organisation: who.organisation, note: "Letter" });
    await ask("amara", "POST", `/nominations/${id}/choice`, { note: "Letter of the group" });
    const made = { nominations: [id], aside: [], reason: "" };
    await ask("beatriz", "POST", "/rotation/confirmation", made);
    const seat = (await ask("amara", "GET", "/seats")).find((s: Answer) => s.id === vacancy.seat);
    const { name } = seat.terms.find((m: Answer) => m.organisation === who.organisation);
    await as("amara", way.lang);
    await page.goto("/app/seats");
    const row = page
      .getByRole("row")
      .filter({ hasText: name })
      .filter({ has: page.getByRole("button") })
      .last();
    await press(row.getByRole("button", { name: t("seats.give-up") }));
    const box = page.getByRole("dialog");
    await expect(box.locator("#until")).toHaveValue(""); // no day: it is never served
    await choose(box.locator("#why"), "resigned");
    await write(box.locator("#note"), "It cannot serve.");
    if (!way.keyboard) await sound(page);
    await press(box.getByRole("button", { name: t("seats.give-up"), exact: true }));
    await expect(box).toBeHidden();
    await expect.poll(async () => (await coming()).map((v: Answer) => v.seat)).toContain(vacancy.seat);
  });

  test(`an organisation joins a constituency and leaves it, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const name = `Harbour Workers ${way.lang}${way.keyboard ? " K" : ""}`;
    const { id } = await ask("ingrid", "POST", "/organisations", { code: `HARB${n}`, name, kind: "stakeholder" });
    const { rules } = await ask("amara", "GET", "/charter");
    await as("amara", way.lang);
    await press(page.locator('nav a[href="/app/rotation"]'));
    await press(page.locator('main a[href="/app/constituencies"]'));
    const join = page.getByRole("button", { name: t("constituencies.join") });
    await press(join);
    await expect(page.getByRole("alert")).toBeFocused();
    if (!way.keyboard) await sound(page);
    await choose(page.locator("#organisation"), id);
    await choose(page.locator("#constituency"), "stakeholders");
    await choose(page.locator("#kind"), rules.stakeholders[0].key);
    await when(page.locator("#from"), inDays(-2));
    await write(page.locator("#note"), "Letter of the group");
    await press(join);
    const row = page.getByRole("row").filter({ hasText: name });
    await expect(row).toBeVisible();
    await expect(row).toContainText(rules.stakeholders[0].name[way.lang]);
    await press(row.getByRole("button"));
    const box = page.getByRole("dialog");
    const leave = box.getByRole("button", { name: t("constituencies.leave"), exact: true });
    await when(box.locator("#until"), inDays(-9));
    await press(leave);
    await expect(page.getByRole("alert")).toBeFocused(); // before it came
    if (!way.keyboard) await sound(page);
    await when(box.locator("#until"), inDays(-1));
    await press(leave);
    await expect(row).toBeHidden();
    await when(page.locator("#on"), inDays(-1));
    await expect(row).toBeVisible(); // who belonged there then
  });

  test(`a state is in one more group, and until a day, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const belong = (await ask("amara", "GET", "/constituencies")).filter((b: Answer) => b.constituency === "recipients");
    const { organisation, name, groups } = belong[n % belong.length];
    const missing = ["sids", "lldc", "ldc"].find((g) => !groups.some((x: Answer) => x.group === g))!;
    await as("amara", way.lang);
    await page.goto("/app/constituencies");
    await press(page.locator(`main a[href="/app/organisations/${organisation}"]`).first());
    await expect(page.locator("h1")).toHaveText(name);
    const panel = page.locator("section").filter({ has: page.getByRole("heading", { name: t("groups.title") }) });
    const add = panel.getByRole("button", { name: t("groups.add") });
    await choose(panel.locator("#group"), missing);
    await press(add);
    await expect(page.getByRole("alert")).toBeFocused(); // where it was read is missing
    if (!way.keyboard) await sound(page);
    await write(panel.locator("#note"), "List of June");
    await press(add);
    const item = panel
      .getByRole("listitem")
      .filter({ hasText: t(`groups.${missing}`) })
      .filter({ hasText: "List of June" })
      .last();
    await press(item.getByRole("button"));
    const box = page.getByRole("dialog");
    await when(box.locator("#until"), inDays(30));
    if (!way.keyboard) await sound(page);
    await press(box.getByRole("button", { name: t("groups.end"), exact: true }));
    await expect(box).toBeHidden();
    await expect
      .poll(async () => (await ask("amara", "GET", `/organisations/${organisation}/groups`)).find((g: Answer) => g.group === missing).until)
      .toBe(inDays(30));
  });
}
