// What is written of a proposal beside its text: how wide it reaches and whose it is, and what it is as a file.
import { built, expect, sound, test } from "./example";
import { drafted } from "./given";
import { hands, words } from "./hands";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 120_000 });

for (const { lang, keyboard } of [
  { lang: "en", keyboard: false },
  { lang: "ar", keyboard: true },
]) {
  const t = words(lang);

  test(`a programme of three states is named, and what each has said is shown, ${lang}`, async ({ page, as, ask }) => {
    const id = await drafted(ask, `Of three states, ${lang}`);
    const { press, pick, choose } = hands(page, keyboard);
    const states = (await ask("ana.lucia", "GET", "/organisations?limit=200")).filter((o: { kind: string }) => o.kind === "state");
    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}/scope`);
    await pick(page.locator('input[name="scope"][value="regional"]'));
    await expect(page.locator("#other_states")).toContainText(t("field.states-named", { n: "1", least: "3" }));
    await choose(page.locator("#other_states-0"), states[0].id);
    await choose(page.locator("#other_states-1"), states[1].id);
    // A state is offered once, and the last row is for one more.
    await expect(page.locator(`#other_states-2 option[value="${states[0].id}"]`)).toHaveCount(0);
    const said = page.locator("#other_states");
    await expect(said.getByText(t("endorsements.not-yet"))).toHaveCount(3, { timeout: 15_000 });
    await ask("mamadou", "POST", `/proposals/${id}/endorsement`, {});
    await page.reload();
    await expect(said.getByText(t("endorsements.endorsed"), { exact: true })).toHaveCount(1);
    await sound(page);
    await page.goto(`/app/proposals/${id}/endorsement`);
    await expect(page.locator("main li", { hasText: t("endorsements.not-yet") })).toHaveCount(2);
    await expect(page.getByText(t("endorsement.all", { given: "1", asked: "3" }))).toBeVisible();
    await sound(page);

    // Made national again, it says what stands in the way and takes it out at once.
    await page.goto(`/app/proposals/${id}/scope`);
    await pick(page.locator('input[name="scope"][value="national"]'));
    await expect(page.getByText(t("field.states-over"))).toBeVisible();
    await press(page.getByRole("button", { name: t("field.states-out") }));
    await expect(page.locator("#other_states-0")).toHaveCount(0);
    await expect.poll(async () => (await ask("ana.lucia", "GET", `/proposals/${id}`)).other_states.length).toBe(0);
  });
}

test("a half-written document is gone on with in Arabic, and had as a file", async ({ page, as, ask }) => {
  const t = words("ar");
  const { write, press } = hands(page, true);
  const half = (await ask("lucia", "GET", "/proposals")).find((p: { title: string }) => p.title.includes("carnet de compétences"));
  await as("lucia", "ar");
  await page.goto(`/app/proposals/${half.id}/analysis`);
  const text = `يُملأ الدفتر عند كل صاحب عمل، وتتحقق منه الغرفة (${Date.now()}).`;
  await write(page.locator("#answers-strategy"), text);
  await expect(page.locator("#answers-strategy")).toHaveAttribute("dir", "auto");
  await expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible({ timeout: 40_000 });
  await page.reload();
  await expect(page.locator("#answers-strategy")).toHaveValue(new RegExp(text.slice(-15, -2)));
  await sound(page);
  // The years of the budget are those that the form's months reach into.
  await page.goto(`/app/proposals/${half.id}/money`);
  const years = page.locator("#budget fieldset button[aria-pressed]");
  await expect(years).toHaveCount(4);
  await press(years.last());
  await expect(page.getByText(t("budget.share-rounded"))).toBeVisible();
  await sound(page);
  await page.goto(`/app/proposals/${half.id}`);
  const word = page.getByRole("link", { name: t("proposal.word") });
  const [file] = await Promise.all([page.waitForEvent("download"), word.click()]);
  expect(file.suggestedFilename()).toBe(`${half.ref}.docx`);
  const printed = await page.request.get(`/api/v1/proposals/${half.id}/document?format=html&language=ar`);
  expect(await printed.text()).toContain(text);
});
