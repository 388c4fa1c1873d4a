// Interests: what a seat has a stake in is declared once and ended with a day; one in an item is set aside by whoever presides.
import { type Answer, built, expect, sound, test } from "./example";
import { objected, planned, seated } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

const today = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10); // a day that no time zone has passed

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a stake is declared once, found on the register and ended, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, when } = hands(page, way.keyboard);
    const note = `Our institute advises, ${name}.`;
    await as("astrid", way.lang);
    await page.goto("/app/charter/start");
    await press(page.getByRole("link", { name: t("interest.start-link") }));
    await page.waitForURL(/\/interests$/);
    await choose(page.locator("#kind"), "other");
    await choose(page.locator("#on"), "other");
    await press(page.getByRole("button", { name: t("interest.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // what the program cannot find by itself is to be said
    await expect(page.locator("#kind")).toHaveValue("other");
    if (!way.keyboard) await sound(page);
    await write(page.locator("#note"), note);
    await press(page.getByRole("button", { name: t("interest.do") }));
    const row = page.getByRole("listitem").filter({ hasText: note });
    await expect(row).toContainText(t("interest.holds"));
    await press(row.getByRole("button"));
    await when(page.locator("#last"), today());
    await press(row.getByRole("button", { name: t("interest.end"), exact: true }));
    await expect(row.getByRole("button")).toHaveCount(0);
    await expect(page.getByText(note)).toBeVisible(); // it is never deleted
    if (!way.keyboard) await sound(page);
    const mine = (await ask("astrid", "GET", "/standing-interests")).list.find((x: Answer) => x.note === note);
    expect(mine.until).toBe(today());

    // The secretariat reads everybody's, and whose they are.
    await as("amara", way.lang);
    await page.goto("/app/interests");
    await expect(page.getByRole("listitem").filter({ hasText: note })).toContainText(mine.organisation.name);
    await expect(page.locator("form")).toHaveCount(0);
  });

  test(`an interest is suggested, and set aside with a reason that stays, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const meeting = await planned(ask, `Of interests, ${name}`, { title: `A paper, ${name}`, procedure: "consensus" });
    const [question] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    await as("amara", way.lang);
    await page.goto(`/app/questions/${question.id}`);
    await press(page.getByText(t("interest.suggest"), { exact: true }), "Enter");
    await choose(page.locator("#organisation"), "QO");
    await choose(page.locator("#kind"), "other");
    await write(page.locator("#note"), "It wrote a part of the paper.");
    await press(page.getByRole("button", { name: t("interest.suggest-do") }));
    const row = page.getByRole("listitem").filter({ hasText: "It wrote a part of the paper." });
    await expect(row).toContainText(t("interest.source.suggested"));
    if (!way.keyboard) await sound(page);

    await as("beatriz", way.lang);
    await page.goto(`/app/questions/${question.id}`);
    await press(row.getByRole("button"));
    await press(row.getByRole("button", { name: t("interest.dismiss"), exact: true }));
    await expect(page.getByRole("alert")).toBeFocused();
    await write(page.locator("#reason"), "Another of that name did.");
    await page.reload();
    await press(row.getByRole("button"));
    await expect(page.locator("#reason")).toHaveValue("Another of that name did."); // nothing typed is lost
    if (!way.keyboard) await sound(page);
    await press(row.getByRole("button", { name: t("interest.dismiss"), exact: true }));
    await expect(row).toContainText("Another of that name did.");
    await expect(row).toContainText(t("interest.dismissed"));
    await expect(row.getByRole("button")).toHaveCount(0);
    const [kept] = (await ask("beatriz", "GET", `/questions/${question.id}`)).interests;
    expect(kept.dismissed.reason).toBe("Another of that name did.");
  });
}

for (const { lang } of ways.slice(0, 2)) {
  const t = words(lang);
  test(`an interest goes with the matter into the item that follows, ${lang}`, async ({ page, as, ask }) => {
    const title = `Followed, ${lang}`;
    const meeting = await planned(ask, title, { title, procedure: "consensus" });
    const [{ id }] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    const next = await planned(ask, `Of what followed, ${lang}`);
    await ask("amara", "POST", `/questions/${id}/suggestions`, {
      organisation: "QO",
      kind: "other",
      note: "It wrote a part of the paper.",
    });
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await seated(ask, meeting);
    await ask("beatriz", "POST", `/questions/${id}/opening`);
    await objected(ask, id, "Not so.");
    await ask("beatriz", "POST", `/questions/${id}/ladder`, { text: "The Principals meet." });
    const back = { title, text: "Half of it.", meeting: next, procedure: "consensus", reason: "So advised." };
    await ask("beatriz", "POST", `/questions/${id}/return`, back);
    const { followed_by } = await ask("amara", "GET", `/questions/${id}`);
    const { follows } = await ask("amara", "GET", `/questions/${followed_by.question}`);
    await as("amara", lang);
    await page.goto(`/app/questions/${followed_by.question}`);
    const row = page.getByRole("listitem").filter({ hasText: "It wrote a part of the paper." });
    await expect(row).toContainText(t("interest.drawn", { item: follows.item }));
    await sound(page);
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);
  });
}

test("a constituency with nobody left is told before the question is put", async ({ page, as, ask }) => {
  const meeting = await planned(ask, "Of nobody left", { title: "A paper on itself", procedure: "consensus" });
  const [question] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
  const { seats } = await ask("amara", "GET", `/questions/${question.id}/arithmetic`);
  for (const s of seats.filter((s: Answer) => s.constituency === "donors"))
    await ask("amara", "POST", `/questions/${question.id}/suggestions`, {
      organisation: s.organisation,
      kind: "other",
      note: "All of them wrote it.",
    });
  await as("beatriz");
  await page.goto(`/app/questions/${question.id}`);
  await expect(page.getByText("nobody is left")).toBeVisible();
  await sound(page);
});
