// A set of approvals is weighed, and its items are listed on a meeting's agenda; assessors score a second time, and both scores stand side by side.
import { type Answer, type Ask, built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

for (const way of ways) {
  const t = words(way.lang);
  const name = `${way.lang}${way.keyboard ? " by keys" : ""}`;

  test(`a set of approvals is weighed and put on an agenda, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, choose, pick } = hands(page, way.keyboard);
    const meeting = await planned(ask, `For a portfolio, ${name}`);
    const { candidates } = await ask("amara", "GET", "/portfolio");
    expect(candidates.length).toBeGreaterThan(0);
    const first = candidates[0];
    await as("amara", way.lang);
    await page.goto("/app/meetings");
    await press(page.locator('main a[href="/app/portfolio"]'));
    await expect(page.locator("main")).toContainText(t("portfolio.empty"));
    await pick(page.getByRole("checkbox", { name: t("portfolio.choose", { ref: first.ref }) }));
    await expect(page).toHaveURL(new RegExp(`chosen=${first.proposal}`));
    await expect(page.getByRole("button", { name: t("portfolio.drop-of", { ref: first.ref }) })).toBeVisible();
    await expect(page.locator("main")).toContainText(t("portfolio.order"));
    await expect(page.locator("main a[download]")).toHaveCount(3);
    if (candidates.length > 1) {
      const second = candidates[1];
      await pick(page.getByRole("checkbox", { name: t("portfolio.choose", { ref: second.ref }) }));
      await press(page.getByRole("button", { name: t("portfolio.earlier-of", { ref: second.ref }) }));
      await expect(page).toHaveURL(new RegExp(`chosen=${second.proposal},${first.proposal}`));
      await press(page.getByRole("button", { name: t("portfolio.drop-of", { ref: second.ref }) }));
      await expect(page).toHaveURL(new RegExp(`chosen=${first.proposal}$`));
    }
    if (!way.keyboard) await sound(page);
    await choose(page.locator("#meeting"), meeting);
    await write(page.locator("#text"), "The body approves the grant as requested.");
    await press(page.locator("main form button[type=submit]"));
    await expect(page.locator("main form").getByRole("status")).toBeVisible();
    const agenda = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda as Answer[];
    expect(agenda.map((q) => q.proposal?.id ?? q.proposal)).toHaveLength(1);

    // A member opens the same address, and lists nothing.
    const address = page.url();
    await as("astrid", way.lang);
    await page.goto(address);
    await expect(page.getByRole("button", { name: t("portfolio.drop-of", { ref: first.ref }) })).toBeVisible();
    await expect(page.locator("#text")).toHaveCount(0);
  });

  test(`a second round is opened and scored, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write, pick } = hands(page, way.keyboard);
    const id = await scoredOnce(ask);
    await as("amara", way.lang);
    await page.goto(`/app/dossiers/${id}`);
    await press(page.locator("main summary").filter({ hasText: t("beside.open") }));
    await press(page.getByRole("button", { name: t("beside.open") }));
    await expect(page.locator("#second-round-reason-error")).toBeVisible(); // a round has a reason
    await write(page.locator("#second-round-reason"), "Spoken about at the meeting.");
    await press(page.getByRole("button", { name: t("beside.open") }));
    await expect(page.locator("main")).toContainText(t("beside.second"));
    await expect(page.locator("main")).toContainText("Spoken about at the meeting.");
    if (!way.keyboard) await sound(page);

    await as("astrid", way.lang);
    await page.goto(`/app/assessments/${id}`);
    await expect(page.locator("main")).toContainText(t("beside.awaits"));
    await press(page.getByRole("button", { name: t("assess.again") }));
    await pick(page.locator("[data-criterion] input[type=radio]").first());
    await press(page.getByRole("button", { name: t("score.send") }));
    await expect(page.getByRole("table", { name: t("beside.both") })).toBeVisible();
    await expect(page.locator("main")).not.toContainText(t("beside.awaits"));
    if (!way.keyboard) await sound(page);
  });

  test(`the score of a seat that is recused since is read apart, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, choose, write } = hands(page, way.keyboard);
    const id = await scoredOnce(ask);
    const meeting = await planned(ask, `Of a recusal, ${told(way)}`);
    const { ref, amount } = await ask("amara", "GET", `/proposals/${id}`);
    const item = { kind: "grant", procedure: "consensus", title: `Grant to ${ref}`, text: "Granted.", language: "en", proposal: id };
    await ask("amara", "POST", `/meetings/${meeting}/questions`, { ...item, amount });
    const [question] = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda;
    await as("astrid", way.lang);
    await page.goto(`/app/questions/${question.id}`);
    await press(page.getByText(t("interests.declare"), { exact: true }), "Enter");
    await choose(page.locator("#kind"), "personal");
    await write(page.locator("#note"), "A sister runs it.");
    await press(page.getByRole("button", { name: t("interests.do") }));
    await expect(page.locator("main")).not.toContainText(ref);
    await as("amara", way.lang);
    await page.goto(`/app/dossiers/${id}`);
    const apart = page.getByRole("table", { name: t("beside.recused") });
    await press(page.locator("main summary").filter({ hasText: t("beside.open") }));
    await expect(apart.locator("tbody tr")).toHaveCount(1);
    await expect(page.locator("main")).toContainText(t("beside.recused-how"));
    if (!way.keyboard) await sound(page);
  });
}

/** An eligible proposal that astrid's seat has scored, with no second round yet. */
async function scoredOnce(ask: Ask): Promise<string> {
  const { scoring } = await ask("amara", "GET", "/charter").then((c) => c.rules ?? c);
  const points = Object.fromEntries(scoring.criteria.map((k: Answer) => [k.key, { points: scoring.least + 1, reason: "" }]));
  for (const { proposal, may, scored } of await ask("astrid", "GET", "/assessments")) {
    if (!may.includes("score.submit")) continue;
    const sheet = await ask("amara", "GET", `/proposals/${proposal.id}/scores`);
    if (sheet.second_round) continue;
    if (!scored) await ask("astrid", "POST", `/proposals/${proposal.id}/scores`, { version: sheet.version, points, comment: "Sound." });
    return proposal.id;
  }
  throw new Error("nothing is left to score");
}
