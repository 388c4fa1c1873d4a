// Meetings end: what was not reached goes to another meeting or comes off for a reason, and one that will not take place is called off.
import { type Answer, type Ask, built, expect, sound, test } from "./example";
import { planned } from "./given";
import { hands, told, ways, words } from "./hands";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ timeout: 120_000 });

const item = (title: string) => ({ title, procedure: "consensus" });
/** Another meeting that is planned, far from now. */
const later = async (ask: Ask, title: string) =>
  (await ask("amara", "POST", "/meetings", { title, starts_at: "2031-09-02T08:00:00Z" })).id as string;

for (const way of ways) {
  const t = words(way.lang);
  const mark = told(way);

  test(`the Chair closes a meeting and says what becomes of what it did not reach, ${mark}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const next = await later(ask, `After it ${mark}`);
    const meeting = await planned(ask, `Cut short ${mark}`, item(`One ${mark}`), item(`Two ${mark}`));
    await ask("beatriz", "POST", `/meetings/${meeting}/opening`);
    await as("beatriz", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    await press(page.getByRole("button", { name: t("meeting.close") }));
    const box = page.getByRole("dialog");
    await expect(box.locator("#ending-items-0-to")).not.toHaveValue(""); // the next that is planned, unless somebody says otherwise
    await choose(box.locator("#ending-items-0-to"), next);
    await choose(box.locator("#ending-items-1-to"), "");
    await press(box.getByRole("button", { name: t("meeting.close") }));
    await expect(box.getByRole("alert")).toBeFocused(); // no reason
    await expect(box.locator("#ending-items-1-reason")).toHaveAttribute("aria-invalid", "true");
    await expect(box.locator("#ending-items-0-to")).toHaveValue(next); // nothing chosen is lost
    if (!way.keyboard) await sound(page);
    await write(box.locator("#ending-items-1-reason"), "The paper is not ripe.");
    await press(box.getByRole("button", { name: t("meeting.close") }));
    await expect(box).toBeHidden();
    await expect(page.getByText(t("meeting.state.closed"), { exact: true })).toBeVisible();
    const part = page.locator("section[aria-labelledby=carried]");
    await expect(part).toContainText(`One ${mark}`);
    if (!way.keyboard) await sound(page);
    await press(part.locator(`a[href="/app/meetings/${next}"]`));
    await expect(page.locator("h1")).toHaveText(`After it ${mark}`);
    const taken = page.locator("ol > li").filter({ hasText: `One ${mark}` });
    await expect(taken.locator(`a[href="/app/meetings/${meeting}"]`)).toBeVisible(); // where it comes from
    if (!way.keyboard) await sound(page);
    const off = (await ask("amara", "GET", `/meetings/${meeting}`)).agenda[0];
    expect((await ask("amara", "GET", `/questions/${off.id}`)).withdrawal.reason).toBe("The paper is not ripe.");
  });

  test(`the secretariat calls a meeting off, and all read why, ${mark}`, async ({ page, as, ask }) => {
    const { press, write, choose } = hands(page, way.keyboard);
    const next = await later(ask, `Instead ${mark}`);
    const title = `Not to be ${mark}`;
    const meeting = await planned(ask, title, item(`Moved ${mark}`));
    await as("amara", way.lang);
    await page.goto(`/app/meetings/${meeting}`);
    await press(page.getByRole("button", { name: t("meeting.cancel") }));
    const box = page.getByRole("dialog");
    await choose(box.locator("#ending-items-0-to"), next);
    await press(box.getByRole("button", { name: t("meeting.cancel") }));
    await expect(box.getByRole("alert")).toBeFocused(); // no reason
    await expect(box.locator("#ending-reason")).toHaveAttribute("aria-invalid", "true");
    if (!way.keyboard) await sound(page);
    await write(box.locator("#ending-reason"), "The room is under water.");
    await press(box.getByRole("button", { name: t("meeting.cancel") }));
    await expect(box).toBeHidden();
    const part = page.locator("section[aria-labelledby=called-off]");
    await expect(part).toContainText("The room is under water.");
    await expect(page.getByRole("button", { name: t("meeting.cancel") })).toBeHidden();
    if (!way.keyboard) await sound(page);

    // A member finds it in the list as called off, and was told.
    await as("astrid", way.lang);
    await page.goto("/app/meetings?state=cancelled");
    const row = page.getByRole("row").filter({ hasText: title });
    await expect(row).toContainText(t("meeting.state.cancelled"));
    await press(row.getByRole("link", { name: title }));
    await expect(part).toContainText("The room is under water.");
    const notices = (await ask("astrid", "GET", "/notices")).notices as Answer[];
    expect(notices.some((n) => n.kind === "meeting-cancelled" && n.text.includes("under water"))).toBe(true);
  });
}
