// What is mended after it was scored: given back with a reason, compared with what it was, and scored anew.
import { built, expect, sound, test } from "./example";
import { contentOf, found, screened } from "./given";
import { hands, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const lang of ["en", "ar"] as const) {
  const t = words(lang);

  test(`a scored proposal is given back, mended, compared and scored anew, ${lang}`, async ({ page, as, ask }) => {
    const id = await screened(ask, `To be mended, ${lang}`, "eligible");
    const path = `/proposals/${id}`;
    const { scoring } = (await ask("astrid", "GET", "/charter")).rules;
    const points = Object.fromEntries(scoring.criteria.map((k: { key: string }) => [k.key, { points: 3 }]));
    await ask("astrid", "POST", `${path}/scores`, { version: 1, points, comment: "As it was." });

    await as("amara", lang);
    await page.goto(`/app/dossiers/${id}`);
    await page
      .locator("main summary")
      .filter({ hasText: t("changes.give-back") })
      .click();
    await page.getByRole("button", { name: t("changes.give-back") }).click();
    await expect(page.getByRole("alert")).toBeFocused(); // not without a reason
    await sound(page);
    const { write } = hands(page, false);
    await write(page.locator("#reopening-reason"), "Staff costs are not what was said.");
    await page.getByRole("button", { name: t("changes.give-back") }).click();
    await expect(page.getByText(t("changes.returned", { n: "1" }))).toBeVisible();

    const was = await ask("ana.lucia", "GET", path);
    const { lines } = (await ask("ana.lucia", "GET", "/charter")).rules.proposals.budget;
    const [first] = was.shares;
    const cell = { organisation: first.organisation.id, line: lines[0].key, year: 1, amount: first.amount };
    const others = was.shares.slice(1).map((s: typeof first) => ({ ...cell, organisation: s.organisation.id, amount: s.amount }));
    await ask("ana.lucia", "PUT", path, {
      ...contentOf(was),
      title: `${was.title} and beyond`,
      budget: [cell, ...others],
    });
    await ask("mamadou", "POST", `${path}/endorsement`, {});
    await ask("ana.lucia", "POST", `${path}/submission`);
    await found(ask, id, "eligible");

    // Against what it was, word by word and line by line.
    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}/versions/1?with=2`);
    await expect(page.locator("main ins").filter({ hasText: "beyond" })).toBeVisible();
    await expect(page.getByText(t("changes.beyond", { share: "15" })).first()).toBeVisible();
    await sound(page);
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText(t("changes.lines"))).toBeVisible();
    await page.emulateMedia({ media: "screen" });

    // Who has scored it reads why, and that her score is about what it was.
    await as("astrid", lang);
    await page.goto(`/app/assessments/${id}`);
    await expect(page.getByText(t("changes.about", { n: "1" }))).toBeVisible();
    await expect(page.getByText("Staff costs are not what was said.")).toBeVisible();
    await expect(page.getByRole("button", { name: t("score.send") })).toBeVisible();
    await sound(page);
  });
}
