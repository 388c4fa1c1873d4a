// The minutes of a meeting that is over: drafted, written around the record, circulated, corrected by a member; and
// what a decision asks, and its record, sent out.
import { type Answer, built, expect, sound, test } from "./example";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

for (const way of ways.filter((w) => w.lang !== "ar" || !w.keyboard)) {
  const t = words(way.lang);

  test(`minutes are drafted, circulated and corrected, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const { id } = await ask("amara", "POST", "/meetings", { title: `Minuted, ${told(way)}`, starts_at: new Date().toISOString() });
    const organisation = (await ask("ingrid", "GET", "/organisations?limit=200")).find((o: Answer) => o.code === "IOM").id;
    await ask("beatriz", "POST", `/meetings/${id}/opening`, {});
    await ask("amara", "POST", `/meetings/${id}/attendances`, { as: "observer", organisation, name: "Ola Observer" });
    await ask("beatriz", "POST", `/meetings/${id}/closing`, {});

    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}`);
    await press(page.getByRole("link", { name: t("minutes.open") }));
    await press(page.getByRole("button", { name: t("minutes.draft") }));
    const there = page.getByRole("table", { name: t("minutes.attending") });
    await expect(there).toContainText("Ola Observer");
    await expect(there).toContainText(t("minutes.as.observer"));
    await press(page.getByRole("button", { name: t("minutes.write-of", { title: t("minutes.opening") }) }));
    await write(page.locator("#text"), "The Chair opened.");
    await press(page.getByRole("button", { name: t("minutes.save") }));
    await expect(page.getByText("The Chair opened.")).toBeVisible();
    if (!way.keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("minutes.circulate") }));
    await expect(page.getByText(t("minutes.state.circulated"), { exact: true })).toBeVisible();

    await as("beatriz", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    await press(page.getByRole("button", { name: t("minutes.correction-do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // what it should say, is asked
    await write(page.locator("#said"), "Opened at nine.");
    await press(page.getByRole("button", { name: t("minutes.correction-do") }));
    await expect(page.getByText("Opened at nine.").first()).toBeVisible();
    if (!way.keyboard) await sound(page);

    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    await press(page.getByRole("button", { name: t("minutes.answer-of", { n: "1" }) }));
    await press(page.getByRole("button", { name: t("minutes.answer"), exact: true }));
    await expect(page.getByRole("alert")).toBeFocused(); // and why
    await write(page.locator("#reason"), "The record has the hour.");
    await press(page.getByRole("button", { name: t("minutes.answer"), exact: true }));
    await expect(page.getByText("The record has the hour.")).toBeVisible();
  });

  test(`fixed minutes are sent again and amended, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const { id } = (await ask("amara", "GET", "/meetings")).find((m: Answer) => m.title.startsWith("Founding meeting"));
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    await expect(page.getByText(t("minutes.state.fixed"), { exact: true }).first()).toBeVisible();
    const sent = await page
      .locator("main details")
      .filter({ hasText: /MIN-|[0-9]{4}/ })
      .count();
    await press(page.getByRole("button", { name: t("minutes.send-again") }));
    await expect(page.locator("main details").filter({ hasText: /MIN-|[0-9]{4}/ })).toHaveCount(sent + 1);
    const form = page.locator("details").filter({ has: page.locator("#said") });
    await press(form.locator("summary"));
    await choose(form.locator("#part"), "attendance");
    const said = `For Ola read Olga, ${told(way)}.`;
    await write(form.locator("#said"), said);
    await press(form.getByRole("button", { name: t("minutes.corrigendum-do") }));
    const there = page.getByRole("table", { name: t("minutes.attendance") });
    await expect(page.locator("section").filter({ has: there }).first()).toContainText(said);
    if (!way.keyboard) await sound(page);
  });
}

test("minutes whose corrections are over are fixed and sent out to all", async ({ page, as, ask }) => {
  const t = words("ar");
  const { press } = hands(page, true);
  const { id } = (await ask("amara", "GET", "/meetings")).find((m: Answer) => m.title.startsWith("First meeting since"));
  await as("amara", "ar");
  await page.goto("/app/");
  await press(page.locator(`main a[href$="/meetings/${id}/minutes"]`).first());
  await press(page.getByRole("button", { name: t("minutes.fix") }));
  await expect(page.getByText(t("minutes.state.fixed"), { exact: true }).first()).toBeVisible();
  await expect(page.locator("main")).toContainText(/MIN-20\d\d-\d\d/);
  await press(page.getByRole("button", { name: t("minutes.send"), exact: true }));
  await expect(page.getByRole("button", { name: t("minutes.send-again") })).toBeVisible();
  await sound(page);
});
