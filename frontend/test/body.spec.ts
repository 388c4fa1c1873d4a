// The decision body's people at their pages: a member assesses and takes a position, the secretariat screens and
// requests, the Chair signs. By mouse in English and Arabic, and by keyboard only.
import type { Page } from "@playwright/test";
import { test } from "./example";
import { expect, overflow, violations } from "./pages";

const member = "astrid.lindqvarn@example.org";
const recused = "abla.tchakondo@example.org";
const secretary = "amara.diallobe@example.org";
const chair = "beatriz.carvalho-nunes@example.org";

/** What every page owes: nothing for axe to find, and no sideways scroll on the narrowest phone. */
async function sound(page: Page) {
  expect(await violations(page)).toEqual([]);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow(page), `${page.url()} at 320 px`).toBe(0);
  await page.setViewportSize(size);
}

async function open(page: Page, address: string) {
  await page.goto(address);
  await page.locator("main h1").waitFor();
  await expect(page.locator("main [role=status]:has-text('One moment')")).toHaveCount(0);
}

for (const lang of ["en", "ar"]) {
  test(`a member's, the secretariat's and the Chair's pages are sound, ${lang}`, async ({ page, as, example }) => {
    test.setTimeout(240_000);
    const visit = async (places: string[]) => {
      for (const place of places) {
        await open(page, `${example.url}/app${place}`);
        await page.waitForTimeout(500);
        await sound(page);
      }
    };
    await as(member, lang);
    await visit(["/assessments", "/meetings", "/decisions"]);
    for (const place of ["/assessments", "/meetings", "/decisions"]) {
      await open(page, `${example.url}/app${place}`);
      await page.locator("main th a").first().click();
      await page.waitForTimeout(800);
      await sound(page);
    }
    await as(secretary, lang);
    await visit(["/screening", "/office/proposals", "/office/calls", "/office/calls/new", "/meetings/new", "/office/programmes"]);
    await as(chair, lang);
    await visit(["/signatures"]);
  });
}

test("what a member has an interest in shows why, and not what", async ({ page, as, example }) => {
  await as(recused, "en");
  await open(page, `${example.url}/app/meetings`);
  await page.getByRole("link", { name: "Second meeting since the rotation" }).click();
  await page.getByRole("link", { name: "Reintegration by the communes of Zembala" }).click();
  await expect(page.getByText("This item is out of your sight.")).toBeVisible();
  await expect(page.getByText("1,050,000")).toHaveCount(0);
  await page.goBack();
  await page.reload();
  await expect(page.getByRole("heading", { name: "In the room" })).toBeVisible();
});

test("a member takes a position and changes it, by keyboard only", async ({ page, as, example }) => {
  await as(member, "en");
  await open(page, `${example.url}/app/meetings`);
  const press = async (name: string | RegExp, role: "link" | "button") => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press("Second meeting since the rotation", "link");
  await press("Take your position", "link");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page.getByText("USD 880,000.00").first()).toBeVisible();
  const silent = page.getByRole("radio", { name: /Stay silent/ });
  await expect(silent).toBeChecked();
  await silent.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /Objects/ })).toBeChecked();
  await press("Review and confirm", "button");
  await expect(page.getByRole("alert")).toBeFocused(); // an objection needs its reason
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#reason")).toBeFocused();
  await page.keyboard.type("The card must be free of charge.");
  await press("Review and confirm", "button");
  await expect(page.getByRole("heading", { name: "Review and confirm" })).toBeFocused();
  await press("Confirm the position", "button");
  await expect(page.getByText("Taken: Objects.")).toBeVisible();
  await expect(page.getByText(/not adopted while objections stand/)).toBeVisible();
  await page.getByRole("radio", { name: /^Agrees/ }).focus();
  await page.keyboard.press("Space");
  await press("Review and confirm", "button");
  await press("Confirm the position", "button");
  await expect(page.getByText("Taken: Agrees.")).toBeVisible();
});

test("a score is kept here while it is written, sent once, and then others' are seen", async ({ page, as, example }) => {
  await as(member, "en");
  await open(page, `${example.url}/app/assessments`);
  await page.locator("main th a").first().click();
  await page.locator("#points-people-centred-4").check();
  await expect(page.getByText("Kept on this device only, until you send it.")).toBeVisible();
  await page.reload();
  await expect(page.locator("#points-people-centred-4")).toBeChecked();
  await page.getByRole("button", { name: "Send my score" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  for (const step of await page.locator("input[type=radio][value='3']").all()) await step.check();
  await page.getByRole("button", { name: "Send my score" }).click();
  await expect(page.getByRole("heading", { name: "Your score" })).toBeHidden();
  await expect(page.getByText(/^Mean of|^Sum of/)).toBeVisible();
});

test("the secretariat screens, and a refusal stands at its field", async ({ page, as, example }) => {
  await as(secretary, "en");
  await open(page, `${example.url}/app/screening`);
  await page.locator("main th a").first().click();
  await page.getByRole("radio", { name: /Give back to be mended/ }).check();
  await page.getByRole("button", { name: "Record the finding" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.locator("#reason").fill("1. Name the municipalities.");
  await page.getByRole("button", { name: "Record the finding" }).click();
  await expect(page.getByText("Back to what waits")).toBeVisible();
});

test("the Chair signs a transfer request", async ({ page, as, example }) => {
  await as(chair, "en");
  await open(page, `${example.url}/app/signatures`);
  await page.locator("main th a").first().click();
  await expect(page.getByText("The Chair’s signature")).toBeVisible();
  await page.getByRole("button", { name: "Sign the request" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign the request" }).click();
  await expect(page.getByText("The Chair’s signature")).toBeHidden();
});
