// Several people and several states on one proposal: a colleague is brought in and takes the lead from her; two states
// endorse, one of them on a paper that another person than who brought it checks. And the names of organisations.
import { built, expect, sound, test } from "./example";
import { contentOf, drafted } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 180_000 });

for (const way of ways) {
  const { lang, keyboard } = way;
  const t = words(lang);
  const name = `${lang}${keyboard ? " by keys" : ""}`;

  test(`a team is brought together and the lead handed over, ${told(way)}`, async ({ page, as, ask }) => {
    const id = await drafted(ask, `Led by two, ${name}`);
    const { press, write, pick } = hands(page, keyboard);
    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}`);
    await press(page.locator(`main a[href="/app/proposals/${id}/team"]`));
    await expect(page.locator("h1")).toBeFocused();
    await page.locator("#email").waitFor();
    if (!keyboard) await sound(page);
    const email = `noor.${lang}${keyboard ? "k" : ""}@example.org`;
    await write(page.locator("#email"), email);
    await write(page.locator("#name"), `Noor ${name}`);
    await pick(page.locator("#role"));
    await press(page.getByRole("button", { name: t("team.invite") }));
    const noor = page.locator("main li").filter({ hasText: email });
    await expect(noor).toBeVisible();
    await expect(page.locator("main form").getByRole("status")).toContainText(`Noor ${name}`);
    await press(noor.getByRole("button", { name: t("team.hand-over-to", { name: `Noor ${name}` }) }));
    if (!keyboard) await sound(page);
    await press(page.locator("dialog button").last());
    await expect(noor).toContainText(t("team.role.lead"));
    await expect(page.locator("#email")).toHaveCount(0); // who brings people in is the lead
    // An absent lead is no end: a colleague takes it over, with a reason that stays.
    await press(page.getByRole("button", { name: t("team.take-over") }));
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog #reason")).toHaveAttribute("aria-invalid", "true");
    await write(page.locator("dialog #reason"), "Noor has left.");
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();
    await expect(page.locator("#email")).toBeVisible();
    await press(page.locator("main summary"));
    await expect(page.locator("main details")).toContainText("Noor has left.");
    if (!keyboard) await sound(page);
  });

  test(`two states endorse, one on paper that another checks, ${told(way)}`, async ({ page, as, ask, example }) => {
    const id = await drafted(ask, `Of several states, ${name}`);
    const orgs = await ask("ana.lucia", "GET", "/organisations?limit=200");
    const before = await ask("ana.lucia", "GET", `/proposals/${id}`);
    const others = orgs.filter((o: { kind: string; id: string }) => o.kind === "state" && o.id !== before.state.id).slice(0, 2);
    const content = { ...contentOf(before), scope: "regional", other_states: others.map((o: { id: string }) => o.id) };
    await ask("ana.lucia", "PUT", `/proposals/${id}`, content);
    const { press, write, choose } = hands(page, keyboard);
    const at = `/app/proposals/${id}/endorsements`;
    await as("mamadou", lang);
    await page.goto(at);
    await press(page.getByRole("button", { name: t("endorsements.endorse", { state: before.state.name }) }));
    await write(page.locator("dialog #note"), "NV 12/2026");
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();
    await expect(page.locator("main li").filter({ hasText: before.state.name })).toContainText(t("endorsements.endorsed"));
    if (!keyboard) await sound(page);

    await as("ana.lucia", lang);
    await page.goto(at);
    await press(page.getByRole("button", { name: t("paper.bring") }));
    await choose(page.locator("#state"), others[0].id);
    await press(page.getByRole("button", { name: t("paper.same-hash") }));
    await write(page.locator("#signer"), "A. Minister");
    await write(page.locator("#title"), "Minister");
    await write(page.locator("#body"), "Ministry of Labour");
    await page.reload();
    await press(page.getByRole("button", { name: t("paper.bring") }));
    await expect(page.locator("#signer")).toHaveValue("A. Minister"); // what was typed is kept until it is sent
    await expect(page.locator("#state")).toHaveValue(others[0].id);
    const reference = `NV 7/2026 ${name}`;
    await press(page.getByRole("button", { name: t("paper.do"), exact: true }));
    await expect(page.locator("#reference")).toHaveAttribute("aria-invalid", "true");
    if (!keyboard) await sound(page);
    await write(page.locator("#reference"), reference);
    const buffer = Buffer.from(`%PDF-1.7\n% ${name} ${"0 0 m ".repeat(120_000)}\n%%EOF\n`);
    await page.locator("#document_hash").setInputFiles({ name: "note.pdf", mimeType: "application/pdf", buffer });
    await press(page.getByRole("button", { name: t("paper.do"), exact: true }));
    await expect(page.locator("main li").filter({ hasText: reference })).toContainText(t("paper.waits"), { timeout: 30_000 });
    await expect(page.locator("main li").filter({ hasText: reference }).locator("a[download]")).toBeVisible();

    await as("amara", lang);
    await page.goto("/app/screening");
    await press(page.locator('main a[href="/app/papers"]'));
    const paper = page.locator("main li").filter({ hasText: reference });
    await expect(paper).toBeVisible();
    if (!keyboard) await sound(page);
    await press(paper.getByRole("button").first());
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();
    await expect(paper).toHaveCount(0);

    // What is changed afterwards shows against what each state endorsed.
    const now = await ask("ana.lucia", "GET", `/proposals/${id}`);
    await ask("ana.lucia", "PUT", `/proposals/${id}`, { ...contentOf(now), title: "Another name altogether" });
    await as("mamadou", lang);
    await page.goto(at);
    await expect(page.locator("main li").filter({ hasText: t("endorsements.earlier") })).toHaveCount(2);
    await press(page.getByRole("button", { name: t("endorsements.changes") }).first());
    await expect(page.locator("main ins").filter({ hasText: "altogether" })).toBeVisible();
    if (!keyboard) await sound(page);
    expect(example.url).toBeTruthy();
  });

  test(`an organisation that is known twice is found, merged and parted again, ${told(way)}`, async ({ page, as, ask }) => {
    const code = `U${name.replace(/\W/g, "").toUpperCase()}`;
    const twin = await ask("ingrid", "POST", "/organisations", { code, name: `United Nations Childrens Fund ${name}`, kind: "un" });
    const { press, write, choose } = hands(page, keyboard);
    const orgs = await ask("ingrid", "GET", "/organisations?limit=200");
    const right = orgs.find((o: { code: string }) => o.code === "UNICEF");
    await as("ingrid", lang);
    await page.goto("/app/organisations");
    await write(page.locator("#name"), `United Nations Childrens Fund ${name}`);
    await expect(page.locator("main form").getByRole("status")).toContainText(code);
    if (!keyboard) await sound(page);
    await page.goto(`/app/organisations/${twin.id}`);
    await write(page.locator("#text"), `Kinderhilfe ${name}`);
    await press(page.getByRole("button", { name: t("organisation.alias-add") }));
    await expect(page.locator("main li").filter({ hasText: "Kinderhilfe" })).toBeVisible();
    await choose(page.locator("#into"), right.id);
    await write(page.locator("#reason"), "Entered twice.");
    if (!keyboard) await sound(page);
    await press(page.getByRole("button", { name: t("organisation.merge-do", { name: "UNICEF" }) }));
    await press(page.getByRole("button", { name: t("organisation.undo") }));
    await write(page.locator("dialog #reason"), "Two after all.");
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();
    await expect(page.locator("#into")).toBeVisible();
    await expect(page.locator("main")).toContainText("Two after all.");
  });
}

test("a state's note names a focal point once another has checked it", async ({ page, as, ask }) => {
  await as("amara", "en");
  await page.goto("/app/focal-points");
  await page.locator("#email").waitFor();
  const [former] = (await ask("amara", "GET", "/focal-points")).filter((f: { email: string }) => !f.email.startsWith("mamadou"));
  await page.locator("tr").filter({ hasText: former.email }).getByRole("button").click();
  await page.locator("#name").fill("Nora Newcomer");
  await page.locator("#email").fill("nora.newcomer@example.org");
  await page.locator("#reference").fill("NV 9/2026");
  await page.reload();
  await page.locator("tr").filter({ hasText: former.email }).getByRole("button").click();
  await expect(page.locator("#name")).toHaveValue("Nora Newcomer");
  await page.locator('main form button[type="submit"]').click();
  await expect(page.locator("#document_hash")).toHaveAttribute("aria-invalid", "true");
  await sound(page);
  await page
    .locator("#document_hash")
    .setInputFiles({ name: "nv.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n% NV 9\n%%EOF\n") });
  await page.locator('main form button[type="submit"]').click();
  const note = page.locator("main li").filter({ hasText: "NV 9/2026" });
  await expect(note.locator("a[download]")).toBeVisible();
  await expect(page.locator("tr").filter({ hasText: "nora.newcomer" })).toHaveCount(0);
  // Who brought it does not check it; a colleague finds it among her tasks.
  await page.goto("/app/papers");
  await expect(note.getByRole("button")).toHaveCount(0);
  await as("tomasz", "en");
  await page.goto("/app/");
  await page.locator('main a[href^="/app/papers#"]').filter({ hasText: former.code }).click();
  await expect(note).toBeVisible();
  await sound(page);
  await note.getByRole("button").first().click();
  await page.locator("dialog button").last().click();
  await expect(page.locator("dialog")).toBeHidden();
  await expect(page.locator("main")).toContainText("Nora Newcomer");
  await page.goto("/app/focal-points");
  await expect(page.locator("tr").filter({ hasText: "nora.newcomer" })).toContainText("NV 9/2026");
  await page.locator("#of-state").selectOption(former.state);
  await page.locator("#show").selectOption("past");
  await expect(page.locator("tbody tr")).toContainText([former.email]);
  await sound(page);
});
