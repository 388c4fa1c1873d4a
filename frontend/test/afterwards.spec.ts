// What follows an evaluation, and money to write a document with: promised and given in the body's name, seen by everybody.
import { built, expect, sound, test } from "./example";
import { planned, screened, seated, spoken } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000, mode: "serial" });

for (const way of ways.slice(0, 2)) {
  const t = words(way.lang);

  test(`what was promised after an evaluation is followed up, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const programme = (await ask("amara", "GET", "/programmes")).find((p: { state: string }) => p.state === "financially-closed");
    const said = `The page for schools is open, ${told(way)}.`;
    await as("ana.lucia", way.lang);
    await page.goto(`/app/programmes/${programme.id}`);
    await expect(page.getByText(t("life.state.financially-closed"), { exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { name: t("follow-up.title") })).toBeVisible();
    await expect(page.getByRole("heading", { name: t("reports.title") })).toBeVisible();
    await sound(page);
    await press(page.locator(`main a[href="/app/programmes/${programme.id}/reports#r2"]`));
    const promise = page.locator("#r2");
    await press(promise.getByRole("button", { name: t("follow-up.say") }));
    await press(promise.getByRole("button", { name: t("follow-up.send") }));
    await expect(page.getByRole("alert")).toBeFocused(); // how far, and what was done
    await sound(page);
    await choose(promise.locator("#state"), way.lang === "en" ? "under-way" : "done");
    await write(promise.locator("#text"), said);
    await press(promise.getByRole("button", { name: t("follow-up.send") }));
    await expect(promise.getByRole("list").getByText(said)).toBeVisible();
    await sound(page);

    // Everybody reads it, and whether it is late still.
    await page.goto(`/${way.lang}/programmes/${programme.code}`);
    await expect(page.getByText(said)).toBeVisible();
  });

  test(`a note is selected with money to prepare its document, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const id = await screened(ask, `To be prepared, ${told(way)}`, "eligible");
    const { ref } = await ask("amara", "GET", `/proposals/${id}`);
    const meeting = await planned(ask, `Selection, ${told(way)}`);
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${meeting}/questions/new`);
    await choose(page.locator("#kind"), "pipeline");
    await choose(page.locator("#pipeline-move"), "proposal");
    await choose(page.locator("#proposal"), id);
    await write(page.locator("#amount"), "20000");
    await write(page.locator("#title"), `Selection of ${ref}`);
    await write(page.locator("#text"), "The body selects the note, and gives money to prepare its document.");
    await press(page.getByRole("button", { name: t("list.do") }));
    await expect(page.getByRole("alert")).toBeFocused(); // more than the charter gives
    await sound(page);
    await page.locator("#amount").fill("8000");
    await press(page.getByRole("button", { name: t("list.do") }));
    await page.locator("main ol a").first().waitFor();

    const [{ id: question }] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await seated(ask, meeting);
    await ask("beatriz", "POST", `/questions/${question}/opening`);
    await spoken(ask, question, ["agree"]);
    await ask("beatriz", "POST", `/questions/${question}/decision`, {});
    await ask("beatriz", "POST", `/meetings/${meeting}/closing`);

    await as("ana.lucia", way.lang);
    const made = (await ask("ana.lucia", "GET", "/programmes")).find((p: { code: string }) => p.code === `PREP-${ref}`);
    await page.goto(`/app/programmes/${made.id}`);
    await expect(page.getByText(t("life.preparation"), { exact: true })).toBeVisible();
    await expect(page.locator("main table").getByText("8,000.00").or(page.locator('main data[value="8000.00"]')).first()).toBeVisible();
    await sound(page);
    await page.goto(`/app/proposals/${id}`);
    await expect(page.locator(`a[href="/app/proposals/${id}/analysis"]`).first()).toBeVisible(); // the document is asked for
  });
}
