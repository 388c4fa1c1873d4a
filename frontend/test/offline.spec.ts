// The line goes, and comes back: nothing written is lost, nothing decided is queued, and nobody sees another's.
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { built, expect, signIn, sound, test, violations } from "./example";
import { openCall, put } from "./given";
import { words } from "./hands";

test.skip(!built(), "bin/fund is absent: make builds it");
test.describe.configure({ timeout: 90_000 });
test.use({ actionTimeout: 10_000 });

/** The worker is there and has kept what it is to keep. */
const kept = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const worker = await navigator.serviceWorker.getRegistration();
          return worker?.active?.state === "activated" && !worker.installing && navigator.serviceWorker.controller !== null;
        }),
      { timeout: 40_000 }, // it fetches all that was built, on a machine that does other things too
    )
    .toBe(true);
const saved = (page: Page, sign: string) => page.locator("main").getByRole("status").filter({ hasText: sign });
const strip = (page: Page) => page.getByRole("status").filter({ hasText: /There is no connection|لا يوجد اتصال/ });

/** What an act says that was not done for want of a line. */
const unsent = /No answer came|there is no connection|لا يوجد اتصال|لم يصل رد/;

/** A draft of Ana's with a title, written by the API. */
async function draft(page: Page) {
  const calls = await (await page.request.get("/api/v1/calls")).json();
  const call = openCall(calls);
  const made = await page.request.post(`/api/v1/calls/${call.id}/proposals`, {
    data: { language: "en", eligibility: { mou: true, government: true, financed: false } },
  });
  expect(made.ok(), await made.text()).toBe(true);
  return (await made.json()).id as string;
}

for (const lang of ["en", "ar"]) {
  test(`with the line cut, the page comes up with the draft as it was left, ${lang}`, async ({ page, as }) => {
    await as("ana.lucia", lang);
    const id = await draft(page);
    await page.goto(`/app/proposals/${id}`);
    await page.locator(`a[href="/app/proposals/${id}/basics"]`).first().click();
    await page.locator("#title").fill("Fair work");
    await expect(saved(page, "✓")).toBeVisible();
    await kept(page);
    await page.waitForTimeout(600); // what was read is on the shelf a moment later

    await page.context().setOffline(true);
    await page.locator("#title").fill("Fair work along the coast");
    await expect(saved(page, "!")).toBeVisible();
    await page.reload();
    await expect(page.locator("#title")).toHaveValue("Fair work along the coast");
    await expect(saved(page, "!")).toBeVisible();
    await expect(strip(page)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.goBack();
    await expect(page.locator(`a[href="/app/proposals/${id}/basics"]`).first()).toBeVisible();
    await page.goForward();
    await page.locator("#summary").fill("Workers know their rights.");
    await expect(saved(page, "!")).toBeVisible();
    await page.goto("/app/");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.goto(`/app/proposals/${id}/basics`);
    await expect(page.locator("#summary")).toHaveValue("Workers know their rights.");

    await page.context().setOffline(false);
    await expect(saved(page, "✓")).toBeVisible({ timeout: 40_000 });
    await expect(strip(page)).toBeHidden({ timeout: 30_000 });
    const now = await (await page.request.get(`/api/v1/proposals/${id}`)).json();
    expect([now.title, now.summary]).toEqual(["Fair work along the coast", "Workers know their rights."]);
  });

  test(`what is decided is never queued, ${lang}: it happens now or says that it did not`, async ({ page, as, ask }) => {
    await as("astrid", lang);
    const asked: string[] = [];
    page.on("request", (r) => r.method() === "POST" && asked.push(new URL(r.url()).pathname));
    // A score's submission.
    await page.goto("/app/assessments");
    await page.locator("main th a").first().click();
    await page.locator("#points-people-centred-4").waitFor();
    for (const step of await page.locator("input[type=radio][value='3']").all()) await step.check();
    await page.context().setOffline(true);
    await page.locator("form button[type=submit]").click();
    await expect(page.getByRole("alert")).toContainText(unsent);
    await page.context().setOffline(false);
    // A position.
    const item = await put(ask, `Off the line, ${lang}`);
    await page.goto(`/app/questions/${item.id}`);
    await page.locator("form input[type=radio]").nth(1).check();
    await page.locator("form button[type=submit]").click();
    await page.context().setOffline(true);
    await page.locator("section button").first().click();
    await expect(page.getByRole("alert")).toContainText(unsent);
    asked.length = 0;
    await page.context().setOffline(false);
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.waitForTimeout(3000);
    expect(asked).toEqual([]);
    await page.reload();
    await page.waitForTimeout(2000);
    expect(asked).toEqual([]);
  });
}

test("a step of a transfer is never queued", async ({ page, as }) => {
  await as("rohan");
  await page.goto("/app/transfers");
  const asked: string[] = [];
  page.on("request", (r) => r.method() === "POST" && asked.push(new URL(r.url()).pathname));
  const transfers = await (await page.request.get("/api/v1/transfer-requests")).json();
  const mine = transfers.find((r: { may: string[] }) => r.may.some((m) => /prepare|send/.test(m)));
  await page.goto(`/app/transfers/${mine.id}/step`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await page
    .locator("main button")
    .filter({ hasNotText: /cancel/i })
    .first()
    .click();
  await expect(page.getByRole("alert")).toContainText(unsent);
  asked.length = 0;
  await page.context().setOffline(false);
  await page.waitForTimeout(3000);
  expect(asked).toEqual([]);
});

test("a match is never queued", async ({ page, as }) => {
  await as("rohan");
  const asked: string[] = [];
  page.on("request", (r) => r.method() === "POST" && asked.push(new URL(r.url()).pathname));
  await page.goto("/app/reconcile");
  for (const side of ["bank", "ledger"]) await page.locator(`[data-side="${side}"] input[type=checkbox]:enabled`).first().check();
  await page.getByRole("button", { name: "Match chosen" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("textarea").fill("The line was cut over it.");
  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: "Match chosen" }).click();
  await expect(dialog.getByRole("alert")).toContainText(unsent);
  await expect(dialog.locator("textarea")).toHaveValue("The line was cut over it.");
  asked.length = 0;
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.waitForTimeout(3000);
  expect(asked).toEqual([]);
  await page.reload();
  await page.waitForTimeout(2000);
  expect(asked).toEqual([]);
  const matched = await (await page.request.get("/api/v1/reconciliation?state=matched&limit=200")).text();
  expect(matched).not.toContain("The line was cut over it.");
});

for (const lang of ["en", "ar"])
  test(`signing out with a draft that was not sent asks first, and staying loses nothing, ${lang}`, async ({ page, example }) => {
    const t = words(lang);
    const ana = example.people.find((p) => p.Email.startsWith("ana.lucia"))!;
    await signIn(page, ana, lang);
    const id = await draft(page);
    await page.goto(`/app/proposals/${id}/basics`);
    await page.locator("#title").fill("Sent");
    await expect(saved(page, "✓")).toBeVisible();
    // The fund does not take it: she goes on writing, and wants to leave.
    await page.route(`**/api/v1/proposals/${id}`, (route) => (route.request().method() === "PUT" ? route.abort() : route.fallback()));
    await page.locator("#title").fill("Not sent");
    await expect(saved(page, "!")).toBeVisible();
    const out = page.getByRole("banner").getByRole("button", { name: t("shell.sign-out") });
    const dialog = page.getByRole("dialog", { name: t("shell.unsent") });
    await out.click();
    await expect(dialog).toBeVisible();
    await sound(page);
    await dialog.getByRole("button", { name: t("dialog.cancel") }).click();
    await expect(dialog).toBeHidden();
    await expect(page.locator("#title")).toHaveValue("Not sent");
    await page.reload();
    await expect(page.locator("#title")).toHaveValue("Not sent");
    // Once it is sent, nothing is asked.
    await page.unroute(`**/api/v1/proposals/${id}`);
    await page.evaluate(() => dispatchEvent(new Event("online"))); // else it is asked again in half a minute
    await expect(saved(page, "✓")).toBeVisible();
    expect((await (await page.request.get(`/api/v1/proposals/${id}`)).json()).title).toBe("Not sent");
    await out.click();
    await page.waitForURL("**/sign-in");
    // And where it was not, it goes only by her own word.
    await signIn(page, ana, lang);
    await page.route(`**/api/v1/proposals/${id}`, (route) => (route.request().method() === "PUT" ? route.abort() : route.fallback()));
    await page.goto(`/app/proposals/${id}/basics`);
    await page.locator("#title").fill("Given up");
    await expect(saved(page, "!")).toBeVisible();
    await out.click();
    await dialog.getByRole("button", { name: t("shell.sign-out-anyway") }).click();
    await page.waitForURL("**/sign-in");
    expect((await page.evaluate(() => indexedDB.databases())).length).toBe(0);
  });

test("nobody sees what another has read, and signing out leaves nothing here", async ({ page, as, example }) => {
  await as("ana.lucia");
  const id = await draft(page);
  await page.goto(`/app/proposals/${id}/basics`);
  await page.locator("#title").fill("Ana's own");
  await expect(saved(page, "✓")).toBeVisible();
  await kept(page);
  await page.waitForTimeout(600);

  // Another signs in on the same machine, and the line goes before anything was read.
  const other = example.people.find((p) => p.Email.startsWith("mamadou"))!;
  await page.request.post("/api/v1/session", { data: { email: other.Email, password: other.Password } });
  await page.context().setOffline(true);
  await page.goto(`/app/proposals/${id}/basics`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no connection to the fund", { timeout: 20_000 });
  await expect(page.locator("body")).not.toContainText("Ana");
  await page.context().setOffline(false);
  await page.goto("/app/");
  await expect(page.getByText(other.Name).first()).toBeVisible();
  const shelf = () =>
    page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const open = indexedDB.open("fund-shelf");
          open.onsuccess = () => {
            const all = open.result.transaction("shelf").objectStore("shelf").getAll();
            all.onsuccess = () => resolve(JSON.stringify(all.result));
          };
        }),
    );
  await expect.poll(shelf).toContain(other.Email);
  expect(await shelf()).not.toContain("Ana's own");

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  const left = await page.evaluate(async () => [
    (await navigator.serviceWorker.getRegistrations()).length,
    (await caches.keys()).length,
    (await indexedDB.databases()).length,
    document.cookie,
  ]);
  expect(left).toEqual([0, 0, 0, ""]);
  await page.context().setOffline(true);
  await expect(page.goto("/app/")).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
});

test("a session that ends while she writes loses nothing", async ({ page, as, example }) => {
  await as("ana.lucia");
  const id = await draft(page);
  await page.goto(`/app/proposals/${id}/basics`);
  await page.locator("#title").fill("Before the hour");
  await expect(saved(page, "✓")).toBeVisible();
  // Her sessions end on the server, as after an hour without a word.
  const ana = example.people.find((p) => p.Email.startsWith("ana.lucia"))!;
  const here = await (await page.request.get("/api/v1/session")).json();
  await page.request.delete(`/api/v1/sessions/${here.id}`);
  await page.locator("#title").fill("After the hour");
  const dialog = page.getByRole("dialog");
  await dialog.locator("#email").fill(ana.Email);
  await dialog.locator("#password").fill(ana.Password);
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(saved(page, "✓")).toBeVisible({ timeout: 40_000 });
  expect((await (await page.request.get(`/api/v1/proposals/${id}`)).json()).title).toBe("After the hour");

  // And where she closes the page over the question, and signs in another day.
  const again = await (await page.request.get("/api/v1/session")).json();
  await page.request.delete(`/api/v1/sessions/${again.id}`);
  await page.locator("#title").fill("Another day");
  await expect(dialog).toBeVisible();
  await page.goto("/sign-in");
  await signIn(page, ana, "en");
  await page.goto(`/app/proposals/${id}/basics`);
  await expect(page.locator("#title")).toHaveValue("Another day");
  await expect(saved(page, "✓")).toBeVisible({ timeout: 40_000 });
});

/** The program behind a door that can rename its first file, as a new build does, or lose what the worker asks for. */
async function door(behind: string, losses = 0) {
  let next = false;
  const lost: Record<string, number> = {};
  const old = (text: string) => /assets\/(index-[\w-]+)\.js/.exec(text)![1]!;
  let entry = "";
  const server = createServer((req, res) => {
    const path = req.url!.replace("index-second", entry);
    // A page's own parts come as scripts and styles: what is asked for as nothing in particular, the worker asks for.
    if (path.startsWith("/app/assets/") && req.headers["sec-fetch-dest"] === "empty") {
      lost[path] = (lost[path] ?? 0) + 1;
      if (lost[path] <= losses) return res.writeHead(503).end();
    }
    const headers = { ...req.headers, "accept-encoding": "identity" };
    const through = ask(behind + path, { method: req.method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        let body = Buffer.concat(parts);
        const kind = String(answer.headers["content-type"]);
        if (kind.startsWith("text/html") && body.includes("assets/index-")) entry = old(body.toString());
        if (next && (kind.startsWith("text/html") || path === "/app/sw.js"))
          body = Buffer.from(
            body.toString().replaceAll(`${entry}.js`, "index-second.js").replace('"version":"fund-', '"version":"fund-second-'),
          );
        if (req.url!.includes("index-second"))
          body = Buffer.concat([Buffer.from("document.documentElement.dataset.build='second';"), body]);
        res.writeHead(answer.statusCode!, { ...answer.headers, "content-length": body.length });
        res.end(body);
      });
    });
    req.pipe(through);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    build: () => {
      next = true;
    },
    lost,
    close: () => server.close(),
  };
}

test("a new version of the program takes the old one's place, with and without a line", async ({ page, example }) => {
  const at = await door(example.url);
  const ana = example.people.find((p) => p.Email.startsWith("ana.lucia"))!;
  await page.request.post(`${at.url}/api/v1/session`, { data: { email: ana.Email, password: ana.Password } });
  await page.request.put(`${at.url}/api/v1/session/language`, { data: { language: "en" } });
  const build = () => page.evaluate(() => document.documentElement.dataset.build);
  await page.goto(`${at.url}/app/`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await kept(page);
  const before = await page.evaluate(() => caches.keys());
  expect(before).toHaveLength(1);

  at.build();
  await page.reload(); // the old worker is still in charge, and gives the new document
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await build()).toBe("second");
  await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([before[0], expect.stringContaining("fund-second-")]);
  await kept(page);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "My tasks" }).waitFor();
  expect(await build()).toBe("second");
  await page.context().setOffline(false);
  at.close();
});

test("a line that loses every file twice still keeps the pages, each asked for no oftener than needed", async ({ page, example }) => {
  const at = await door(example.url, 2);
  const ana = example.people.find((p) => p.Email.startsWith("ana.lucia"))!;
  await page.request.post(`${at.url}/api/v1/session`, { data: { email: ana.Email, password: ana.Password } });
  await page.goto(`${at.url}/app/`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await kept(page);
  expect(Object.values(at.lost).length).toBeGreaterThan(10);
  expect(Math.max(...Object.values(at.lost))).toBe(3); // fewer where the page brought it meanwhile
  at.close();
});
