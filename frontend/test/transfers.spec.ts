// What follows a payment: the organisation says what came, the bank sends it back, a release is taken back before it is sent.
import { type Ask, built, expect, sound, test } from "./example";
import { requested } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

/** A transfer that was released, and sent if it is asked for. */
async function released(ask: Ask, sent = false, to?: string) {
  const made = await requested(ask, "700.00", true, to);
  await ask("rohan agent-preparer", "POST", `/transfer-requests/${made.id}/preparation`);
  await ask("nadia agent-releaser", "POST", `/transfer-requests/${made.id}/release`);
  const sent_on = new Date().toISOString().slice(0, 10);
  if (sent) await ask("nadia agent-releaser", "POST", `/transfer-requests/${made.id}/sending`, { sent_on });
  return made;
}

for (const way of ways) {
  const t = words(way.lang);

  test(`what the bank returns is back at the fund, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const { id, ref } = await released(ask, true);
    await as("nadia", way.lang, "agent-releaser");
    await page.goto(`/app/transfers/${id}`);
    await press(page.getByRole("button", { name: t("after.return") }));
    const box = page.getByRole("dialog");
    await press(box.getByRole("button", { name: t("after.return") }));
    await expect(box.getByRole("alert")).toBeFocused(); // why it came back
    await write(box.locator("textarea"), "Account closed.");
    if (!way.keyboard) await sound(page);
    await press(box.getByRole("button", { name: t("after.return") }));
    await expect(page.getByText(t("after.return-done", { ref }))).toBeVisible();
    await expect(page.locator("section[aria-labelledby=tries]")).toContainText("Account closed.");
    expect((await ask("nadia agent-releaser", "GET", `/transfer-requests/${id}`)).stage).toBe("returned");
  });

  test(`a release is taken back before it is sent, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, write } = hands(page, way.keyboard);
    const { id, ref } = await released(ask);
    await as("nadia", way.lang, "agent-releaser");
    await page.goto(`/app/transfers/${id}`);
    await press(page.getByRole("button", { name: t("after.take-back") }));
    const box = page.getByRole("dialog");
    await write(box.locator("textarea"), "The wrong account.");
    await press(box.getByRole("button", { name: t("after.take-back") }));
    await expect(page.getByText(t("after.take-back-done", { ref }))).toBeVisible();
    await expect(page.locator("section[aria-labelledby=tries]")).toContainText("The wrong account.");
    if (!way.keyboard) await sound(page);
  });

  test(`an organisation says when the money came, and that a part is missing, ${told(way)}`, async ({ page, as, ask }) => {
    const { press, rewrite, write } = hands(page, way.keyboard);
    const r = await released(ask, true, "UNICEF");
    await as("marisol", way.lang);
    await page.goto(`/app/transfers/${r.id}`);
    const form = page.locator("form[aria-labelledby=acknowledging]");
    await rewrite(form.locator("#amount"), "685.00");
    if (!way.keyboard) await sound(page);
    await write(form.locator("#note"), "The bank between kept its charge.");
    await press(form.getByRole("button", { name: t("after.acknowledge-do") }));
    await expect(page.getByText(t("after.acknowledged", { ref: r.ref }))).toBeVisible();
    await expect(page.locator("section[aria-labelledby=receipt]")).toContainText("15.00");
    if (!way.keyboard) await sound(page);
  });
}
