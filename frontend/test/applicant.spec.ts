// An applicant: from a call to a receipt with the line cut on the way, what was given back mended and submitted again,
// and two who write the same proposal at once. The Government of Soumbara endorses.
import { built, expect, sound, test } from "./example";
import { colleague, contentOf, drafted, openCall, screened } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 180_000 });

for (const way of ways) {
  const { lang, keyboard } = way;
  const t = words(lang);
  const name = `${lang}${keyboard ? " by keys" : ""}`;

  test(`from a call to a receipt, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, pick } = hands(page, keyboard);
    await as("ana.lucia", lang);
    const calls = await (await page.request.get("/api/v1/calls")).json();
    const call = openCall(calls);
    await press(page.locator('nav a[href="/app/calls"]'));
    await page.locator(`main a[href="/app/calls/${call.id}"]`).waitFor();
    if (!keyboard) await sound(page);
    await press(page.locator(`main a[href="/app/calls/${call.id}"]`));
    await page.locator("main time").first().waitFor();
    if (!keyboard) await sound(page);
    // Whom an answer keeps out is told why, and cannot begin.
    await pick(page.locator("#eligibility-mou-no"));
    await expect(page.locator("main form").getByRole("status")).toBeVisible();
    await expect(page.locator('main form button[type="submit"]').first()).toBeDisabled();
    await pick(page.locator("#eligibility-mou"));
    await pick(page.locator("#eligibility-government"));
    await pick(page.locator("#eligibility-financed-no"));
    await press(page.locator('main form button[type="submit"]').first());
    await page.waitForURL(/proposals\/[0-9a-f-]{36}$/);
    const id = page.url().split("/").at(-1)!;
    const go = async (task: string) => {
      await press(page.locator(`a[href="/app/proposals/${id}/${task}"]`).first());
      await expect(page.locator("h1")).toBeFocused();
    };

    await go("basics");
    await write(page.locator("#title"), "Fair work along the coast");
    await write(page.locator("#summary"), "Workers are recruited fairly, and know their rights.");
    await expect(page.locator("form, main").getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    await page.reload();
    await expect(page.locator("#title")).toHaveValue("Fair work along the coast");
    if (!keyboard) await sound(page);

    // Off the line the draft goes on, and is sent when the line is back.
    await page.context().setOffline(true);
    await write(page.locator("#title"), " and inland");
    await expect(page.locator("main").getByRole("status").filter({ hasText: "!" })).toBeVisible();
    await page.context().setOffline(false);
    await expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible({ timeout: 40_000 });

    await go("scope");
    const orgs = await (await page.request.get("/api/v1/organisations?limit=200")).json();
    const code = (of: string) => orgs.find((o: { code: string; name: string }) => o.code === of || o.name.includes(of)).id;
    await choose(page.locator("#state"), code("Soumbara"));
    await pick(page.locator(`input[name="area"]`).first());
    await press(page.locator("#objectives input").first(), "Space");
    await press(page.locator("#answers-sdg_goals input").first(), "Space");
    if (!keyboard) await sound(page);

    await go("markers");
    await expect(page.locator("textarea").first()).toBeVisible();
    for (const group of await page.locator("fieldset").all()) await pick(group.locator("input").first());
    for (const reason of await page.locator("textarea").all()) await write(reason, "The analysis shapes what is done.");
    if (!keyboard) await sound(page);

    await go("idea");
    for (const key of ["problem", "approach", "results_in_brief"])
      await write(page.locator(`#answers-${key}`), "Fees bind those who leave.");
    await write(page.locator("#answers-months"), "24");
    if (!keyboard) await sound(page);

    await go("partners");
    const partner = async (list: string, i: number, name: string, word: string, value: string) => {
      await press(page.locator(`section:has(> #answers-${list}) > div:last-child > button`));
      await write(page.locator(`#answers-${list}-${i}-name`), name);
      await choose(page.locator(`#answers-${list}-${i}-${word}`), value);
    };
    await partner("government_partners", 0, "Ministry of Labour", "level", "national");
    await partner("government_partners", 1, "Coast Province", "level", "local");
    await partner("stakeholders", 0, "Returnees", "kind", "migrants");
    if (!keyboard) await sound(page);

    await go("money");
    await choose(page.locator("#shares-0-organisation"), code("UNICEF"));
    await write(page.locator("#shares-0-amount"), "150000");
    if (!keyboard) await sound(page);

    // All that is missing at once: here the Government's word alone.
    await go("check");
    await expect(page.locator(`main a[href="/app/proposals/${id}/endorsement?check"]`)).toBeVisible({ timeout: 15_000 });
    await expect(page.locator(`main a[href*="?check"]`)).toHaveCount(1);
    if (!keyboard) await sound(page);

    await as("mamadou", lang);
    await press(page.locator(`main a[href="/app/proposals/${id}"]`));
    await expect(page.locator("main")).toContainText("Workers are recruited fairly");
    if (!keyboard) await sound(page);
    await press(page.locator("main button").filter({ hasText: "Soumbara" }));
    if (!keyboard) await sound(page);
    await write(page.locator("dialog #note"), "NV 12/2026");
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();

    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}`);
    await go("check");
    await press(page.locator("main button").first());
    await page.waitForURL(/receipt$/);
    await expect(page.locator("main")).toContainText(/CALL-\d{4}-\d{2}\/P-\d{4}-\d{3}\/1/);
    if (!keyboard) await sound(page);
    await press(page.locator(`main a[href$="/versions/1"]`));
    await page.waitForURL(/versions\/1$/);
    await expect(page.locator(`main a[href$="/versions/1"]`)).toHaveCount(0);
    await expect(page.locator("h1")).toContainText(/P-\d{4}-\d{3}/); // the page itself, not the one before it
    await expect(page.locator("main")).toContainText("Fair work along the coast and inland");
    if (!keyboard) await sound(page);
    await page.goBack();
    await page.waitForURL(/receipt$/);
    await ask("ana.lucia", "POST", `/proposals/${id}/withdrawal`); // a state has so many, and the others go this way too
  });

  test(`what was given back is mended, endorsed and submitted again, and the two versions compared, ${told(way)}`, async ({
    page,
    as,
    ask,
  }) => {
    const id = await screened(ask, `To be mended, ${name}`, "returned", "1. Name the municipalities.");
    const { press, rewrite, choose } = hands(page, keyboard);
    const at = (task: string) => page.locator(`main a[href="/app/proposals/${id}/${task}"]`).first();
    await as("ana.lucia", lang);
    await press(page.locator(`main a[href="/app/proposals/${id}"]`)); // it waits among her tasks
    await expect(page.locator("main")).toContainText("1. Name the municipalities.");
    if (!keyboard) await sound(page);
    await press(at("basics"));
    await rewrite(page.locator("#summary"), "The municipalities of Tamba and Sorel open their schools.");
    await expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    await page.reload();
    await expect(page.locator("#summary")).toHaveValue(/Tamba and Sorel/);

    await as("mamadou", lang); // another text, another endorsement
    await press(page.locator(`main a[href="/app/proposals/${id}"]`));
    await expect(page.locator("main ins").first()).toBeVisible();
    await press(page.locator("main button").filter({ hasText: "Soumbara" }));
    await press(page.locator("dialog button").last());
    await expect(page.locator("dialog")).toBeHidden();

    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}`);
    await press(at("check"));
    await press(page.getByRole("button", { name: t("submit.do") }));
    await page.waitForURL(/receipt$/);
    await expect(page.locator("main")).toContainText(/P-\d{4}-\d{3}\/2/);
    await press(page.locator('main a[href$="/versions/2"]'));
    await choose(page.locator("#with"), "1");
    await expect(page.locator("main ins").filter({ hasText: "Tamba" })).toBeVisible();
    await expect(page.locator("main del").first()).toBeVisible();
    if (!keyboard) await sound(page);
    await page.reload();
    await expect(page.locator("main ins").filter({ hasText: "Tamba" })).toBeVisible();
    await page.goBack();
    await page.waitForURL(/receipt$/);
  });

  test(`two save the same proposal: both versions are shown field by field, and nothing is lost, ${told(way)}`, async ({
    page,
    as,
    ask,
    example,
  }) => {
    const id = await drafted(ask, `Raced for, ${name}`);
    const other = await colleague(example, `Noor ${name}`);
    await ask(other, "POST", `/proposals/${id}/team-joining`);
    const before = await ask(other, "GET", `/proposals/${id}`);
    const { press, rewrite, pick } = hands(page, keyboard);
    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}/basics`);
    await expect(page.locator("#title")).toHaveValue(`Raced for, ${name}`);
    await ask(other, "PUT", `/proposals/${id}`, { ...contentOf(before), title: "The title of Noor", summary: "The summary of Noor." });
    await rewrite(page.locator("#title"), "The title of Ana");
    await rewrite(page.locator("#summary"), "The summary of Ana.");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(t("conflict.title"));
    const title = dialog.locator("fieldset").filter({ hasText: "The title of Ana" });
    const summary = dialog.locator("fieldset").filter({ hasText: "The summary of Ana." });
    await expect(title).toContainText("Noor");
    await expect(summary).toContainText("Noor");
    const keep = dialog.getByRole("button", { name: t("conflict.keep") });
    await expect(keep).toBeDisabled(); // nothing is chosen for her
    if (!keyboard) await sound(page);
    await page.reload(); // and nothing is lost by going
    await expect(dialog).toContainText("The summary of Ana.");
    await pick(title.getByRole("radio").nth(0));
    await pick(summary.getByRole("radio").nth(1));
    await press(keep);
    await expect(dialog).toBeHidden();
    await expect(page.locator("main").getByRole("status").filter({ hasText: "✓" })).toBeVisible();
    const kept = await ask(other, "GET", `/proposals/${id}`);
    expect([kept.title, kept.summary]).toEqual(["The title of Ana", "The summary of Noor."]);
    await page.reload();
    await expect(page.locator("#summary")).toHaveValue("The summary of Noor.");
    // Once more while she is at it: having chosen, she is where she was.
    await ask(other, "PUT", `/proposals/${id}`, { ...contentOf(kept), summary: "Noor again." });
    await rewrite(page.locator("#summary"), "Ana again.");
    await expect(dialog).toContainText("Noor again.");
    await pick(dialog.getByRole("radio").nth(0));
    await press(keep);
    await expect(page.locator("#summary")).toBeFocused();
  });
}
