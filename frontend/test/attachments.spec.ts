// Files on their way: several at once, stopped, cut off, refused, taken away; submitted before their bytes are there.
import { createHash, randomBytes } from "node:crypto";
import type { Page, Request } from "@playwright/test";
import { built, expect, overflow, test, violations } from "./example";
import { drafted, openCall } from "./given";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 120_000 });
test.use({ actionTimeout: 15_000 });

const part = 512 * 1024;

/** A PDF of so many parts, and no two alike. */
const pdf = (name: string, parts = 0.01) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.concat([
    Buffer.from("%PDF-1.4\n"),
    Buffer.from(randomBytes(Math.round((parts * part) / 2)).toString("hex")),
    Buffer.from("\n%%EOF\n"),
  ]),
});

/** A draft of Ana's, written by the API. */
async function draft(page: Page) {
  const calls = await (await page.request.get("/api/v1/calls")).json();
  const call = openCall(calls);
  const made = await page.request.post(`/api/v1/calls/${call.id}/proposals`, {
    data: { language: "en", eligibility: { mou: true, government: true, financed: false } },
  });
  expect(made.ok(), await made.text()).toBe(true);
  return (await made.json()).id as string;
}
const choose = (page: Page, ...files: ReturnType<typeof pdf>[]) => page.locator("#attachments").setInputFiles(files);
const list = async (page: Page, id: string) =>
  (await (await page.request.get(`/api/v1/attachments?kind=proposal&subject=${id}`)).json()).items as { name: string; state: string }[];
const link = (page: Page, name: string) => page.locator("main a[download]").filter({ hasText: name });
const offsets = (page: Page) => {
  const seen: number[] = [];
  page.on("request", (r: Request) => {
    if (r.method() === "PUT" && r.url().includes("/parts/")) seen.push(Number(r.url().split("/").at(-1)));
  });
  return seen;
};

async function sound(page: Page) {
  expect(await violations(page)).toEqual([]);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await overflow(page)).toBe(0);
  await page.setViewportSize(size);
}

for (const lang of ["en", "ar"]) {
  test(`several files come, one is refused by its name, one is taken away, ${lang}`, async ({ page, as }) => {
    await as("ana.lucia", lang);
    const id = await draft(page);
    await page.goto(`/app/proposals/${id}`);
    await page.locator(`main a[href="/app/proposals/${id}/attachments"]`).first().click();
    await expect(page.locator("h1")).toBeFocused();
    await page.locator("#attachments").waitFor();
    await sound(page);
    const long = pdf(`A-letter-of-support-with-a-very-long-name-${"x".repeat(60)}.pdf`);
    await choose(page, pdf("plan.pdf", 2.5), long, { ...pdf("program.pdf"), buffer: Buffer.from("MZ\u0090 this runs") });
    await expect(link(page, "plan.pdf")).toBeVisible({ timeout: 30_000 });
    await expect(link(page, "A-letter-of-support")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByRole("alert")).toContainText("program.pdf");
    await expect(page.getByRole("alert")).toContainText("DOCX");
    await sound(page);
    const saved = page.waitForEvent("download");
    await link(page, "plan.pdf").click();
    expect((await saved).suggestedFilename()).toBe("plan.pdf");
    await page.locator("main li").filter({ hasText: "program.pdf" }).getByRole("button").last().click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.locator("main li").filter({ hasText: "A-letter" }).getByRole("button").click();
    await expect(link(page, "A-letter-of-support")).toHaveCount(0);
    await expect(page.locator("main section:focus")).toHaveCount(1);
    await expect.poll(async () => (await list(page, id)).map((a) => a.name)).toEqual(["plan.pdf"]);
  });

  test(`a line that is cut is waited for, and no part goes twice, ${lang}`, async ({ page, as }) => {
    await as("ana.lucia", lang);
    const id = await draft(page);
    await page.goto(`/app/proposals/${id}/attachments`);
    const seen = offsets(page);
    let cut = false;
    page.on("response", (r) => {
      if (!cut && r.url().endsWith(`/parts/${part}`)) {
        cut = true;
        void page.context().setOffline(true);
      }
    });
    await choose(page, pdf("survey.pdf", 4.5));
    const row = page.locator("main li").filter({ hasText: "survey.pdf" });
    await expect(row.locator("strong")).toBeVisible({ timeout: 30_000 });
    await expect(row.getByRole("progressbar")).toBeVisible();
    await sound(page);
    await page.context().setOffline(false);
    await expect(link(page, "survey.pdf")).toBeVisible({ timeout: 60_000 });
    expect(seen.filter((at) => at === 0)).toEqual([0]);
  });
}

test("one that is stopped goes on from there, in this window and after it was closed", async ({ page, as }) => {
  await as("ana.lucia");
  const id = await draft(page);
  await page.goto(`/app/proposals/${id}/attachments`);
  let held = true;
  // The third part is held back on the way, so that there is time to stop.
  await page.route(`**/parts/${2 * part}`, async (route) => {
    if (held) await new Promise((go) => setTimeout(go, 2000));
    await route.continue().catch(() => {});
  });
  const seen = offsets(page);
  const study = pdf("study.pdf", 4.2);
  await choose(page, study);
  const row = page.locator("main li").filter({ hasText: "study.pdf" });
  await expect(row).toContainText("1.0 MB of", { timeout: 20_000 });
  await page.getByRole("button", { name: "Stop study.pdf" }).click();
  await expect(row).toContainText("Stopped.");
  await sound(page);
  // Elsewhere in the app it is still there, and on its list the task is under way.
  await page
    .getByRole("link", { name: "All tasks" })
    .or(page.locator(`main a[href="/app/proposals/${id}"]`))
    .first()
    .click();
  await expect(page.locator("main li").filter({ hasText: "Attachments" })).toContainText("In progress");
  await page.reload();
  await page.goto(`/app/proposals/${id}/attachments`);
  await expect(row).toContainText("1.0 MB of 2.1 MB arrived. Choose the same file again");
  await sound(page);
  held = false;
  seen.length = 0;
  await choose(page, study);
  await expect(link(page, "study.pdf")).toBeVisible({ timeout: 30_000 });
  expect(seen[0]).toBe(2 * part);
});

test("what is on its way goes on while other pages are read", async ({ page, as }) => {
  await as("ana.lucia");
  const id = await draft(page);
  await page.goto(`/app/proposals/${id}/attachments`);
  await page.route("**/parts/*", async (route) => {
    await new Promise((go) => setTimeout(go, 500));
    await route.continue();
  });
  await choose(page, pdf("map.pdf", 3.5));
  await page.locator(`main a[href="/app/proposals/${id}"]`).last().click();
  await expect(page.locator("main li").filter({ hasText: "Attachments" })).toContainText("Done", { timeout: 30_000 });
});

for (const lang of ["en", "ar"]) {
  test(`a submission names a file whose bytes follow; it is told until when, and who reads it sees so, ${lang}`, async ({
    page,
    as,
    ask,
  }) => {
    const id = await drafted(ask, "Fair work");
    await ask("mamadou", "POST", `/proposals/${id}/endorsement`, { note: "NV 7" });
    await as("ana.lucia", lang);
    const letter = pdf("letter.pdf", 1.5);
    const sha256 = createHash("sha256").update(letter.buffer).digest("hex");
    const named = { kind: "proposal", subject: id, name: letter.name, size: letter.buffer.length, sha256 };
    expect((await page.request.post("/api/v1/attachments", { data: named })).ok()).toBe(true);
    await page.goto(`/app/proposals/${id}/check`);
    await expect(page.locator("main")).toContainText("letter.pdf");
    await page.locator("main button:enabled").first().click();
    await page.waitForURL(/receipt$/);
    const row = page.locator("main li").filter({ hasText: "letter.pdf" });
    await expect(row.locator("time")).toBeVisible();
    await sound(page);

    // The secretariat sees the same, and cannot send.
    await as("amara", lang);
    await page.goto(`/app/screening/${id}`);
    await expect(row.locator("time")).toBeVisible();
    await expect(page.locator("#attachments")).toHaveCount(0);
    await sound(page);
    // Once its time is over it says that it did not arrive.
    await page.route("**/api/v1/attachments?*", async (route) => {
      const answer = await route.fetch();
      const json = await answer.json();
      for (const a of json.items) a.state = "missing";
      await route.fulfill({ response: answer, json });
    });
    await page.reload();
    await expect(row).toContainText(lang === "en" ? "Did not arrive" : "لم يصل");
    await sound(page);
    await page.unroute("**/api/v1/attachments?*");

    // Its writer sends it, and nothing else any more.
    await as("ana.lucia", lang);
    await page.goto(`/app/proposals/${id}/receipt`);
    await choose(page, pdf("another.pdf"));
    await expect(page.getByRole("alert")).toContainText("another.pdf");
    await choose(page, letter);
    await expect(link(page, "letter.pdf")).toBeVisible({ timeout: 30_000 });
    await page.goto(`/app/proposals/${id}/versions/1`);
    await expect(link(page, "letter.pdf")).toBeVisible();
    await sound(page);
  });
}

test("a call's papers are the secretariat's to attach, and there for all", async ({ page, as, example }) => {
  const secretariat = example.people.find((x) => /secretariat/i.test(x.Sees))?.Email ?? "ingrid";
  await as(secretariat);
  const calls = await (await page.request.get("/api/v1/calls")).json();
  const call = openCall(calls);
  await page.goto(`/app/office/calls/${call.id}`);
  await choose(page, pdf("guide.pdf"));
  await expect(link(page, "guide.pdf")).toBeVisible({ timeout: 30_000 });
  await sound(page);
  await as("ana.lucia");
  await page.goto(`/app/calls/${call.id}`);
  await expect(link(page, "guide.pdf")).toBeVisible();
  await expect(page.locator("#attachments")).toHaveCount(0);
  await sound(page);
});
