// After a finding: the applicant ticks the points to mend off and submits again, or appeals and another person decides.
import { built, expect, sound, test } from "./example";
import { screened, submitted } from "./given";
import { told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 90_000 });

for (const way of ways.filter((w) => !w.keyboard)) {
  const t = words(way.lang);

  test(`points to mend are ticked off, and it is submitted again, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await submitted(ask, `Two points, ${way.lang}`);
    await ask("amara", "POST", `/proposals/${id}/screening`, {
      version: 1,
      outcome: "returned",
      points: [
        { field: "/summary", todo: "Name the municipalities." },
        { section: "markers", todo: "Say why the gender marker is so." },
      ],
    });
    await as("ana.lucia", way.lang);
    await page.goto(`/app/proposals/${id}`);
    await expect(page.locator("#point-1")).toBeVisible();
    await expect(page.locator("main aside")).toContainText(t("proposal.due"));
    await sound(page);
    await page.locator(`main a[href$="/basics?check#summary"]`).click(); // a point leads to its field
    await expect(page.locator("#summary")).toBeFocused();
    await page.goto(`/app/proposals/${id}/check`);
    await expect(page.locator("main")).toContainText("Say why the gender marker is so."); // refused while it is open
    await page.goto(`/app/proposals/${id}`);
    for (const n of [0, 1]) {
      await page.locator(`#point-${n}`).click();
      await expect(page.locator(`#point-${n}`)).toBeChecked();
    }
    await page.goto(`/app/proposals/${id}/check`);
    await page.getByRole("button", { name: t("submit.do") }).click();
    await page.waitForURL(/receipt$/);
  });

  test(`an appeal is made and decided by another person, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await screened(ask, `To be appealed, ${way.lang}`, "ineligible", "Outside the scope.");
    await as("ana.lucia", way.lang);
    await page.goto(`/app/proposals/${id}`);
    await page.getByRole("button", { name: t("appeal.do") }).click();
    await expect(page.getByRole("alert")).toBeFocused(); // an appeal has a reason
    await sound(page);
    await page.locator("#reason").fill("The scope covers return.");
    await page.waitForTimeout(800); // within a second it is on this device
    await page.reload();
    await expect(page.locator("#reason")).toHaveValue("The scope covers return.");
    await page.getByRole("button", { name: t("appeal.do") }).click();
    await expect(page.getByText(t("appeal.waiting"))).toBeVisible();

    await as("amara", way.lang); // who screened does not decide
    await page.goto(`/app/screening/${id}`);
    await expect(page.getByText("The scope covers return.")).toBeVisible();
    await expect(page.getByRole("button", { name: t("appeal.uphold") })).toHaveCount(0);
  });
}
