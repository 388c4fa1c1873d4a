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
    const { id } = await ask("amara", "POST", "/meetings", { title: `Minuted, ${told(way)}`, starts_at: "2020-01-01T09:00:00Z" });
    await ask("beatriz", "POST", `/meetings/${id}/opening`, {});
    await ask("beatriz", "POST", `/meetings/${id}/closing`, {});

    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}`);
    await press(page.getByRole("link", { name: t("minutes.open") }));
    await press(page.getByRole("button", { name: t("minutes.draft") }));
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

  test(`minutes are fixed, sent out and amended, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const { id } = await ask("amara", "POST", "/meetings", { title: `Fixed, ${told(way)}`, starts_at: "2020-01-01T09:00:00Z" });
    const organisation = (await ask("ingrid", "GET", "/organisations?limit=200")).find((o: Answer) => o.code === "IOM").id;
    await ask("beatriz", "POST", `/meetings/${id}/opening`, {});
    await ask("amara", "POST", `/meetings/${id}/attendances`, { as: "observer", organisation, name: "Ola Observer" });
    await ask("beatriz", "POST", `/meetings/${id}/closing`, {});
    await ask("amara", "POST", `/meetings/${id}/minutes`, { language: "en" });
    await ask("amara", "POST", `/meetings/${id}/minutes/texts`, { part: "opening", language: "en", text: "The Chair opened.", after: 0 });
    const says = await ask("amara", "POST", `/meetings/${id}/minutes/circulation`);

    // Corrections are taken for days yet: the server's answers are those of the time after it, as its own tests hold them.
    const over: Answer = { may: ["minutes.fix"], corrections_until: new Date(Date.now() - 60_000).toISOString() };
    await page.route(`**/api/v1/meetings/${id}/minutes`, async (route) => {
      const got = await route.fetch();
      const m = await got.json();
      await route.fulfill({ response: got, json: { ...m, ...over, says: { ...m.says, number: over.fixed_at ? "MIN-2026-77" : "" } } });
    });
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${id}/minutes`);
    const there = page.getByRole("table", { name: t("minutes.attending") });
    await expect(there).toContainText("Ola Observer");
    await expect(there).toContainText(t("minutes.as.observer"));
    await press(page.getByRole("button", { name: t("minutes.fix") }));
    await expect(page.getByRole("alert")).toBeVisible(); // the server knows better: they may still be corrected
    if (!way.keyboard) await sound(page);

    const posted: Record<string, Answer> = {};
    const taken = (what: string, then: (sent: Answer) => void) =>
      page.route(`**/api/v1/meetings/${id}/minutes/${what}`, async (route) => {
        posted[what] = route.request().postDataJSON();
        then(posted[what]);
        await route.fulfill({ json: { ...says, ...over } });
      });
    const at = new Date().toISOString();
    await taken("fixing", () =>
      Object.assign(over, { state: "fixed", fixed_at: at, record_sha256: "ab".repeat(32), may: ["minutes.amend", "minutes.send"] }),
    );
    await taken("sending", () => {
      over.sent = [{ at, due: at, late: false, by: "Amara", recipients: [{ name: "Astrid", organisation: "QO", role: "member" }] }];
    });
    await taken("corrigenda", (sent) => {
      over.corrigenda = [{ n: 1, ...sent, at }];
    });
    await press(page.getByRole("button", { name: t("minutes.fix") }));
    await expect(page.getByText(t("minutes.state.fixed"), { exact: true }).first()).toBeVisible();
    await expect(page.locator("main")).toContainText("MIN-2026-77");
    await press(page.getByRole("button", { name: t("minutes.send"), exact: true }));
    await expect(page.locator("main details").filter({ hasText: "Astrid" })).toHaveCount(1);
    await expect(page.getByRole("button", { name: t("minutes.send-again") })).toBeVisible();
    const form = page.locator("details").filter({ has: page.locator("#said") });
    await press(form.locator("summary"));
    await choose(form.locator("#part"), "attendance");
    await write(form.locator("#said"), "For Ola read Olga.");
    await press(form.getByRole("button", { name: t("minutes.corrigendum-do") }));
    await expect(page.locator("section").filter({ has: there }).first()).toContainText("For Ola read Olga.");
    expect(posted.corrigenda).toEqual({ part: "attendance", text: "For Ola read Olga." });
    if (!way.keyboard) await sound(page);
  });
}
