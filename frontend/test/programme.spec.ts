// A programme after the grant: its start, a change that is asked for, listed on an agenda and decided on.
import { built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways.filter((w) => !(w.lang === "ar" && w.keyboard))) {
  const t = words(way.lang);

  const reason = `The rains came late, ${told(way)}.`;
  test(`a change of a programme is asked for, waits for the secretariat and is listed, ${told(way)}`, async ({ page, as, ask }) => {
    const programme = (await ask("amara", "GET", "/programmes")).filter(
      (p: { decision?: string; state: string; preparation: boolean }) =>
        p.decision && ["approved", "active"].includes(p.state) && !p.preparation,
    )[ways.indexOf(way)];
    const meeting = await planned(ask, `About programmes, ${told(way)}`);
    const { press, write, choose } = hands(page, way.keyboard);
    await as("amara", way.lang);
    await page.goto(`/app/programmes/${programme.id}`);
    await expect(page.locator("h1")).toHaveText(programme.title);
    await expect(page.getByText(t("life.changes"), { exact: true })).toBeVisible();
    await choose(page.locator("#kind"), "suspension");
    await press(page.getByRole("button", { name: t("ask.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // a change has its reason
    if (!way.keyboard) await sound(page);
    await write(page.locator("#reason"), reason);
    await press(page.getByRole("button", { name: t("ask.do") }));
    const asked = page.locator("article").filter({ hasText: reason });
    await expect(asked).toBeVisible();

    await expect(asked.getByText(t("life.waits-list"))).toBeVisible();
    const ref = await asked.locator("bdi").first().textContent();
    await page.goto("/app");
    await expect(page.getByText(t("waiting.change.list", { ref: ref ?? "" }))).toBeVisible();

    await page.goto(`/app/meetings/${meeting}/questions/new`);
    await choose(page.locator("#kind"), "revision");
    const option = page.locator("#change option").filter({ hasText: ref ?? "-" });
    await choose(page.locator("#change"), (await option.getAttribute("value")) ?? "");
    await write(page.locator("#text"), "The body agrees to it.");
    await press(page.getByRole("button", { name: t("list.do") }));
    await press(page.locator("main ol a").filter({ hasText: programme.code }));
    await expect(page.getByText(reason)).toBeVisible();
    await sound(page);
    await press(page.locator(`main a[href="/app/programmes/${programme.id}"]`));
    await expect(asked.getByText(t("life.waits-body"))).toBeVisible();
    await sound(page);
  });
}
