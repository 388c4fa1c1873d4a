import { ana, answers, expect, overflow, test, violations } from "./pages";

// The page of all components is the largest there is, and axe goes over it three times.
test.describe.configure({ timeout: 90_000 });

const shots = "shots";
const expired = { type: "/problems/unsigned", code: "unsigned", title: "Sign in first.", status: 401 };

for (const lang of ["en", "ar"]) {
  test(`components, ${lang}: axe finds nothing, in dialogs too`, async ({ page }) => {
    await answers(page, { "GET /session": ana });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`/app/components?lang=${lang}`);
    await expect(page.locator("html")).toHaveAttribute("dir", lang === "ar" ? "rtl" : "ltr");
    await page.locator(".land").waitFor();
    for (const more of await page.locator("summary").all()) await more.click();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${shots}/components-${lang}.png`, fullPage: true });
    const buttons = page.locator("main > div").first().getByRole("button");
    for (const i of [0, 1]) {
      await buttons.nth(i).click();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: `${shots}/components-dialog-${i}-${lang}.png` });
      if (i === 0) await page.keyboard.press("Escape");
    }
  });

  test(`components, ${lang}: no sideways scroll at 320 px`, async ({ page }) => {
    await answers(page, { "GET /session": ana });
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`/app/components?lang=${lang}`);
    await page.locator(".land").waitFor();
    expect(await overflow(page)).toBe(0);
    await page.screenshot({ path: `${shots}/components-320-${lang}.png`, fullPage: true });
  });

  test(`my tasks, ${lang}: listed and empty, by eye and by axe`, async ({ page }) => {
    const tasks = [
      {
        kind: "transfer.prepare",
        id: "1",
        ref: "MIG-014/IOM/2",
        title: "Return and reintegration, tranche 2",
        lang: "en",
        due: "2026-11-26T17:00:00Z",
        path: "/transfers/1",
      },
      { kind: "line.match", id: "2", ref: "2026-10", path: "/statements/1" },
    ];
    let list: unknown[] = tasks;
    await answers(page, { "GET /session": ana, "GET /tasks": () => ({ tasks: list }) });
    await page.clock.install({ time: new Date("2026-11-25T10:00:00Z") });
    await page.goto(`/app/?lang=${lang}`);
    await expect(page.locator("main a").first()).toContainText("MIG-014/IOM/2");
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${shots}/tasks-${lang}.png` });
    list = [];
    await page.reload();
    await page.locator("main h2").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: `${shots}/tasks-empty-${lang}.png` });
  });
}

test("in forced colours what is chosen, ticked and done is seen", async ({ page }) => {
  await answers(page, { "GET /session": ana });
  await page.emulateMedia({ forcedColors: "active" });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto("/app/components");
  await page.locator(".land").waitFor();
  const box = page.getByRole("checkbox", { checked: true }).last().locator("xpath=ancestor::label[1]").locator("svg").locator("..");
  const open = page.getByRole("checkbox", { checked: false }).last().locator("xpath=ancestor::label[1]").locator("svg").locator("..");
  const ground = (l: typeof box) => l.evaluate((e) => getComputedStyle(e).backgroundColor);
  expect(await ground(box)).not.toBe(await ground(open));
  await page.screenshot({ path: `${shots}/components-forced.png`, fullPage: true });
});

test("a refusal takes the focus, names its field and leads there by keyboard", async ({ page }) => {
  await answers(page, { "GET /session": ana });
  await page.goto("/app/components");
  await page.getByRole("button", { name: "Show a refusal" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page).toHaveTitle(/^Error: Components/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#travel")).toBeFocused();
  expect(await violations(page)).toEqual([]);
});

test("a session that ends asks to sign in over the page, and what waited is then done", async ({ page }) => {
  let alive = true;
  await answers(page, {
    "GET /session": ana,
    "POST /session": (request: { postDataJSON: () => { password: string } }) => {
      if (request.postDataJSON().password !== "right")
        return {
          type: "/problems/wrong-credentials",
          code: "wrong-credentials",
          title: "The address or the password is wrong.",
          status: 401,
        };
      alive = true;
      return ana;
    },
    "GET /tasks": () => (alive ? { tasks: [] } : expired),
    "PUT /session/language": () => (alive ? ana : expired),
  });
  await page.goto("/app/");
  await page.locator("main h2").waitFor();
  alive = false;
  await page.getByLabel("Language").selectOption("fr");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("heading")).toHaveText("Reconnectez-vous");
  await dialog.locator("#email").fill("n.okafor@example.org");
  await dialog.locator("#password").fill("wrong");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toBeFocused();
  expect(await violations(page)).toEqual([]);
  await page.screenshot({ path: `${shots}/expired-fr.png` });
  await dialog.locator("#password").fill("right");
  const sent = page.waitForRequest((r) => r.method() === "PUT" && r.url().endsWith("/session/language"));
  await page.keyboard.press("Enter");
  await sent;
  await expect(dialog).toBeHidden();
});

test("nobody signed in is led to the sign-in page and back", async ({ page }) => {
  await answers(page, { "GET /session": expired });
  await page.route("**/sign-in**", (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Sign in</title>" }),
  );
  await page.goto("/app/proposals?stage=draft");
  await page.waitForURL("**/sign-in?next=%2Fapp%2Fproposals%3Fstage%3Ddraft");
});

test("the focus goes to the heading of a new page, and what is nowhere says so", async ({ page }) => {
  await answers(page, {
    "GET /session": ana,
    "GET /tasks": { tasks: [{ kind: "proposal.score", id: "1", ref: "X-1", path: "/nowhere" }] },
  });
  await page.goto("/app/");
  await page.getByRole("link", { name: "Score proposal X-1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "There is no such page" })).toBeFocused();
  await expect(page).toHaveTitle(/^There is no such page/);
  expect(await violations(page)).toEqual([]);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "My tasks" })).toBeVisible();
});
