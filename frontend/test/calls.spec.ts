import { built, expect, sound, test } from "./example";
import { inDays } from "./given";
import { words } from "./hands";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 180_000 });

for (const lang of ["en", "ar"] as const) {
  test(`a call is written step by step, announced, asked about and answered, ${lang}`, async ({ page, as }, info) => {
    const shot = (name: string) => page.screenshot({ path: info.outputPath(`${name}-${lang}.png`), fullPage: true });
    const saved = () => expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible({ timeout: 40_000 });
    await as("amara", lang);
    await page.goto("/app/office/calls/new");
    await page.locator("#title").fill("Third call: homes and neighbours");
    await page.locator("#language").selectOption("en");
    await page.locator('main form button[type="submit"]').click();
    await page.waitForURL(/write\/words$/);
    const id = page.url().split("/").at(-3)!;
    const step = async (name: string) => {
      await page.goto(`/app/office/calls/${id}/write/${name}`);
      await page.locator("main h1").waitFor();
    };
    await page.locator("#text").fill("For programmes that bring neighbours together.");
    await saved();
    await sound(page);
    await step("translations");
    await page.locator("#to").selectOption("fr");
    await page.locator("#to").locator("xpath=ancestor::div[2]").getByRole("button").click();
    await page.locator("#translations-0-title").fill("Troisième appel");
    await page.locator("#translations-0-text").fill("Pour des programmes entre voisins.");
    await saved();
    await sound(page);
    await step("check"); // what is missing leads to its field
    await expect(page.locator(`main a[href*="/write/time#"]`).first()).toBeVisible();
    await step("time");
    await page.locator("#opens_at").fill(inDays(-1));
    await page.locator("#closes_at").fill(inDays(60));
    await page.locator("#questions_until").fill(inDays(40));
    await saved();
    await sound(page);
    await step("limits");
    await page.locator("#state_entries").fill("1");
    await saved();
    await sound(page);
    await shot("limits");
    await step("eligibility");
    await page.locator("main fieldset, main button").last().waitFor();
    await page.locator("main button").last().click();
    await page.locator("#eligibility-0-question-en").fill("Do neighbours take part?");
    await page.locator("#eligibility-0-why-en").fill("Without them it is another kind of programme.");
    await saved();
    await sound(page);
    await step("check");
    await page.locator("main button").first().waitFor();
    await sound(page);
    await shot("check");
    await page.locator("main section button").first().click();
    await page.waitForURL(new RegExp(`calls/${id}$`));
    await page.locator("#enquiries").waitFor();
    await sound(page);

    await as("ana.lucia", lang);
    await page.goto(`/app/calls/${id}`);
    await page.locator("#eligibility-q1-no").check({ force: true });
    await expect(page.getByText("Without them it is another kind of programme.")).toBeVisible();
    await page.locator("#text").fill("May a town apply with its neighbour?");
    await page.locator("main form").last().locator('button[type="submit"]').click();
    await expect(page.getByText("May a town apply with its neighbour?")).toBeVisible();
    await sound(page);
    await shot("apply");

    await as("amara", lang);
    await page.goto(`/app/office/calls/${id}`);
    await page.locator("#answer-1-text").fill("Yes, each with its state.");
    await page.locator("#answer-1-text").locator("xpath=ancestor::form").locator('button[type="submit"]').click();
    await expect(page.locator("main article").first()).toContainText("Yes, each with its state.");
    await sound(page);
    await shot("office");
    const paper = { name: "Guidelines.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n% guidelines\n%%EOF\n") };
    await page.locator('main input[type="file"]').first().setInputFiles(paper);
    await expect(page.locator("main a[download]").filter({ hasText: "Guidelines.pdf" })).toBeVisible();
    const { ref } = await (await page.request.get(`/api/v1/calls/${id}`)).json();
    await page.goto(`/${lang}/calls/${ref}`);
    await expect(page.locator("#questions")).toContainText("Yes, each with its state.");
    const brought = page.waitForEvent("download");
    await page.locator("#papers a").filter({ hasText: "Guidelines.pdf" }).click();
    expect((await brought).suggestedFilename()).toBe("Guidelines.pdf");
    await sound(page);
    await shot("public");
  });
}

test("a call's forms are chosen, and its draft is given up with a reason", async ({ page, as, ask }) => {
  const draft = await ask("amara", "POST", "/calls", { language: "en", title: "Of no use any more" });
  await as("amara", "en");
  await page.goto(`/app/office/calls/${draft.id}/write/limits`);
  // In one stage there is no concept note, and so no form of one.
  await expect(page.locator("#document_form option")).not.toHaveCount(0);
  await expect(page.locator("#concept_form")).toHaveCount(0);
  await page.locator('input[name="stages"][value="2"]').check({ force: true });
  await expect(page.locator("#concept_form option")).not.toHaveCount(1);
  await page.locator("#concept_form").selectOption({ index: 0 });
  await expect.poll(async () => (await ask("amara", "GET", `/calls/${draft.id}`)).concept_form).toBe(1);
  await sound(page);
  await page.goto(`/app/office/calls/${draft.id}/write/check`);
  const give = page.getByRole("button", { name: words("en")("callpage.discard") });
  await give.click();
  await page.locator("dialog button").last().click();
  await expect(page.locator("dialog #reason")).toHaveAttribute("aria-invalid", "true");
  await sound(page);
  await page.locator("dialog #reason").fill("Joined with another call.");
  await page.locator("dialog button").last().click();
  await expect(page).toHaveURL(/office\/calls$/);
  await expect(page.locator("table")).not.toContainText("Of no use any more");
});
