// A programme under way: its team writes a report that keeps itself, is told what lacks, and the secretariat sees what
// is due. That one is returned and accepted needs a year to be over: api/report_test.go walks it by the clock.
import { built, expect, sound, test } from "./example";
import { begun } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000, mode: "serial" });

for (const way of ways.slice(0, 3)) {
  const t = words(way.lang);

  test(`a report is begun, kept and refused before its time, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await begun(ask);
    await as("ana.lucia", way.lang);
    await page.goto(`/app/programmes/${id}/reports`);
    await expect(page.getByRole("link", { name: t("report.final") })).toBeVisible();
    await sound(page);
    await page.goto(`/app/programmes/${id}/reports/annual-2027`);
    const begin = page.getByRole("button", { name: t("report.begin") });
    const summary = page.locator("#answers-summary");
    await expect(begin.or(summary)).toBeVisible();
    await sound(page);
    const { press } = hands(page, way.keyboard);
    if (await begin.isVisible()) await press(begin);
    await expect(summary).toBeVisible();
    await summary.fill(`Desks opened, ${way.lang} ${way.keyboard}`);
    await expect(page.getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    await sound(page);
    await page.reload();
    await expect(summary).toHaveValue(`Desks opened, ${way.lang} ${way.keyboard}`);
    await press(page.getByRole("button", { name: t("report.submit") }));
    await expect(page.getByRole("alert")).toBeFocused(); // its year is not over, and more is missing
    await expect(page.getByRole("alert")).toContainText("31");
    await sound(page);
  });
}

test("the secretariat sees the calendar on the programme's page, and what is due", async ({ page, as, ask }) => {
  const t = words("en");
  const id = await begun(ask);
  await as("amara", "en");
  await page.goto(`/app/office/programmes/${id}`);
  await expect(page.getByRole("heading", { name: t("reports.title") })).toBeVisible();
  await sound(page);
  await page.getByRole("link", { name: t("reports.open") }).click();
  await page.getByText(t("evaluation.register")).click();
  await page.getByRole("button", { name: t("evaluation.record") }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await sound(page);
  await page.goto("/app/office/reports");
  await expect(page.getByRole("heading", { name: t("due.title") })).toBeVisible();
  await sound(page);
});
