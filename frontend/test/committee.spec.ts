// The Executive Committee's own list: the Coordinator puts an organisation on it, on a paper, and sets its last day.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

const inDays = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);

for (const way of ways) {
  const t = words(way.lang);
  const n = ways.indexOf(way);

  test(`an organisation comes onto the Executive Committee and leaves it, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const list = await ask("amara", "GET", "/organisations?limit=200");
    const on = (await ask("amara", "GET", "/executive-committee")).terms.map((m: Answer) => m.organisation);
    const who = list.filter((o: Answer) => o.kind === "state" && !on.includes(o.id))[n];
    await as("beatriz", way.lang);
    await page.goto("/app/constituencies");
    const part = page.locator("section[aria-labelledby=executive-committee]");
    const form = part.locator("form");
    await choose(form.locator("#committee-organisation"), who.id);
    await press(form.getByRole("button", { name: t("committee.join") }));
    await expect(form.getByRole("alert")).toBeFocused(); // on no paper
    await expect(form.locator("#committee-note")).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await write(form.locator("#committee-note"), `Note ${told(way)}`);
    await press(form.getByRole("button", { name: t("committee.join") }));
    const row = part.getByRole("table").first().getByRole("row").filter({ hasText: who.name });
    await expect(row).toContainText(`Note ${told(way)}`);
    await press(row.getByRole("button"));
    const box = page.getByRole("dialog");
    await press(box.getByRole("button", { name: t("constituencies.leave") }));
    await expect(box.getByRole("alert")).toBeFocused(); // nor does it leave without one
    if (!way.keyboard) await sound(page);
    await when(box.locator("#until"), inDays(20));
    await write(box.locator("#note"), "Note of the Secretary-General");
    await press(box.getByRole("button", { name: t("constituencies.leave") }));
    await expect(box).toBeHidden();
    await expect(row).toContainText("Note of the Secretary-General");

    // On a day after, it is not of it: anybody may ask, of any day.
    const later = await ask("piotr", "GET", `/executive-committee?on=${inDays(21)}`);
    expect(later.members.some((m: Answer) => m.organisation === who.id)).toBe(false);
    await page.goto(`/app/constituencies?on=${inDays(21)}`);
    await expect(part.getByRole("table").first()).toBeVisible();
    await expect(row).toBeHidden();
  });
}
