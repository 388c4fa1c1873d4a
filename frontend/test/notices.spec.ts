// What one was told, in the browser: read, marked as read, and mailed as one chooses.

import { built, expect, overflow, test, violations } from "./example";
import { ana, answers } from "./pages";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 90_000 });
test.use({ actionTimeout: 10_000 });

test("notices are counted, read, and mailed as one chooses", async ({ page, as }) => {
  await as("rohan"); // whom the example has told of transfers to prepare
  await page.locator('main a[href="/app/notices"]').click(); // the count on the page of tasks
  const marks = page.locator("main li button");
  const { unread } = await (await page.request.get("/api/v1/notices")).json();
  await expect(marks).toHaveCount(unread);
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: "node_modules/.shots/notices-en.png" });
  await marks.first().click();
  await expect(marks).toHaveCount(unread - 1);
  await page.locator('input[name="mail"][value="none"]').check();
  await expect(page.getByText("Your choice is kept.")).toBeVisible();
  expect(await (await page.request.get("/api/v1/notices")).json()).toMatchObject({ unread: unread - 1, mail: "none" });

  await as("rohan", "ar");
  await page.goto("/app/notices");
  await expect(page.locator('input[name="mail"][value="none"]')).toBeChecked();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: "node_modules/.shots/notices-ar.png" });
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow(page)).toBe(0);
});

test("mail that does not arrive is told, with what to do; older notices are a page further", async ({ page }) => {
  const notice = (n: number) => ({
    id: `6f0c4a80-0000-4000-8000-0000000001${n}`,
    kind: "proposal-received",
    title: `Notice ${n}`,
    text: "Said.",
    role: "agent-preparer",
    subject: { kind: "proposal", id: "1", ref: "P", title: "T" },
    at: "2026-11-21T10:00:00Z",
    read_at: "2026-11-21T11:00:00Z",
  });
  await answers(page, {
    "GET /session": { ...ana, mail: "each", mail_failure: { at: "2026-11-20T10:00:00Z", reason: "550 5.1.1 no such user" } },
  });
  await page.route("**/api/v1/notices?**", (route) => {
    const older = route.request().url().includes("after=");
    return route.fulfill({
      status: 200,
      headers: older ? {} : { Link: '</api/v1/notices?after=7&limit=20>; rel="next"' },
      contentType: "application/json",
      body: JSON.stringify({ unread: 0, mail: "each", notices: [notice(older ? 11 : 12)] }),
    });
  });
  await page.goto("/app/notices");
  await expect(page.getByText("550 5.1.1 no such user")).toBeVisible();
  await expect(page.getByText(/ask the fund’s administrator/)).toBeVisible();
  await page.getByRole("button", { name: "Older notices" }).click();
  await expect(page.getByText("Notice 11")).toBeVisible();
  await expect(page.getByRole("button", { name: "Older notices" })).toHaveCount(0);
  expect(await violations(page)).toEqual([]);
});
