// The public pages as the program serves them, filled with the example fund.
import { gzipSync } from "node:zlib";
import { type Ask, test } from "./example";
import { clipped, expect, overflow, violations } from "./pages";
import { publicOpenings } from "./routes";

const shots = "shots/site";
const long = Boolean(process.env.FUND_TEST_LONG);
const all = ["en", "fr", "es", "ar", "ru", "zh"];
const languages = long ? all : ["en", "ar"];

/** Every public page, by its pattern, at an address of its kind (routes.ts); and what is nowhere. */
async function routes(ask: Ask): Promise<Record<string, string>> {
  const found: Record<string, string> = { nowhere: "nowhere" };
  for (const [pattern, at] of Object.entries(publicOpenings)) found[pattern] = await at(ask);
  return found;
}
const charted = ["", "body", "programmes"];
/** What its picture is called. */
const file = (pattern: string) => pattern.replace(/[/:]+/g, "-") || "home";

for (const lang of languages) {
  test(`public pages, ${lang}: axe finds nothing, nothing scrolls sideways at 320 px, wide spacing loses nothing`, async ({
    page,
    example,
  }) => {
    test.setTimeout(180_000);
    for (const [name, path] of Object.entries(await routes(example.ask))) {
      await test.step(name, async () => {
        await page.setViewportSize({ width: 1280, height: 900 });
        const answered = await page.goto(`${example.url}/${lang}/${path}`);
        // A used link opens no form, and says so; the form itself is walked by whoever is invited.
        expect(answered?.status(), name).toBe({ nowhere: 404, password: 422 }[name] ?? 200);
        await expect(page.locator("html")).toHaveAttribute("dir", lang === "ar" ? "rtl" : "ltr");
        if (charted.includes(name)) {
          await page.locator("svg.chart").first().waitFor();
          await page.screenshot({ path: `${shots}/${file(name)}-${lang}.png`, fullPage: true });
          for (const more of await page.locator("summary").all()) await more.click();
        } else await page.screenshot({ path: `${shots}/${file(name)}-${lang}.png`, fullPage: true });
        expect(await violations(page), name).toEqual([]);
        await page.setViewportSize({ width: 320, height: 640 });
        expect(await overflow(page), `${name} at 320 px`).toBe(0);
        await page.screenshot({ path: `${shots}/${file(name)}-320-${lang}.png`, fullPage: true });
        expect(await clipped(page), `${name} with wide spacing at 320 px`).toEqual([]);
        await page.setViewportSize({ width: 1280, height: 900 });
        expect(await clipped(page), `${name} with wide spacing`).toEqual([]);
        if (name === "nowhere") return;
        const title = (await page.locator("h1").textContent())!;
        await page.goto(`${example.url}/${lang}/${name === "privacy" ? "body" : "privacy"}`);
        await page.goBack();
        await expect(page.locator("h1")).toHaveText(title);
        await page.reload();
        await expect(page.locator("h1")).toHaveText(title);
      });
    }
  });

  test(`charts, ${lang}: drawn from their tables, as wide as their box, with a name and a description`, async ({ page, example }) => {
    await page.goto(`${example.url}/${lang}/`);
    const charts = page.locator("svg.chart");
    await expect(charts).toHaveCount(2);
    for (const chart of await charts.all()) {
      await expect(chart).toHaveAttribute("role", "img");
      expect((await chart.locator("title").textContent())?.length).toBeGreaterThan(5);
      expect((await chart.locator("desc").textContent())?.length).toBeGreaterThan(20);
    }
    await expect(page.locator("table[data-chart]").first()).toBeHidden();
    // Whoever gave stands in the picture with the very figure of the table.
    const row = page.locator("table[data-chart=flow] tbody tr").last();
    const figure = (await row.locator("data").textContent()) ?? "";
    expect(await charts.first().textContent()).toContain(figure.trim());
    await page.goto(`${example.url}/${lang}/body`);
    await expect(charts).toHaveCount(1);
    const terms = await page.locator("table[data-chart=seats] time").count();
    expect(await charts.first().locator("rect.term").count()).toBeGreaterThanOrEqual(terms / 2);
  });
}

test("without script every page stands, with the tables in place of the charts", async ({ browser, example }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of ["", "body", "contributions", "statement", "sign-in"]) {
    await page.goto(`${example.url}/en/${path}`);
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator("svg.chart")).toHaveCount(0);
    for (const table of await page.locator("table").all()) await expect(table).toBeVisible();
  }
  await page.goto(`${example.url}/en/statement`);
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/as_of=/);
  await context.close();
});

test("in forced colours the charts have lines", async ({ page, example }) => {
  await page.emulateMedia({ forcedColors: "active" });
  for (const name of ["", "body"]) {
    await page.goto(`${example.url}/en/${name}`);
    const shape = page.locator("svg.chart .flow, svg.chart .term").first();
    await shape.waitFor();
    expect(await shape.evaluate((e) => getComputedStyle(e).stroke)).not.toBe("none");
    await page.screenshot({ path: `${shots}/${name || "home"}-forced.png`, fullPage: true });
  }
});

test("a decision and a statement print without what is for screens", async ({ page, example }) => {
  const found = await routes(example.ask);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 }); // A4
  for (const name of ["decisions/:number", "statement", ""]) {
    await page.goto(`${example.url}/en/${found[name]}`);
    for (const screenOnly of ["header nav", "form", ".sign-in", "summary"])
      for (const e of await page.locator(screenOnly).all()) await expect(e).toBeHidden();
    await expect(page.locator("h1")).toBeVisible();
    await expect(page.locator(".brand")).toBeVisible();
    await page.screenshot({ path: `${shots}/${file(name)}-print.png`, fullPage: true });
  }
});

test("pages weigh no more than a poor line bears", async ({ page, example }) => {
  const kb = async (path: string) => gzipSync(await (await page.request.get(example.url + path)).body(), { level: 9 }).length / 1024;
  const over: string[] = [];
  for (const lang of all)
    for (const [name, path] of Object.entries(await routes(example.ask))) {
      const html = await (await page.request.get(`${example.url}/${lang}/${path}`)).text();
      let total = gzipSync(html, { level: 9 }).length / 1024;
      // What it draws or runs at once; what is only fetched ahead for the next page is not this page's.
      for (const [, file] of html.matchAll(
        /<(?:link rel="(?:icon|stylesheet|modulepreload)"|script type="module") (?:href|src)="([^"]+)"/g,
      ))
        if (!(name === "sign-in" && file?.endsWith(".js"))) total += await kb(file ?? "");
      // The map is brought by the script.
      if (name === "programmes") {
        const script = html.match(/<script type="module" src="([^"]+)"/)?.[1] ?? "";
        const world = (await (await page.request.get(example.url + script)).text()).match(/world-[\w-]+\.js/)?.[0];
        expect(world).toBeTruthy();
        total += await kb(script.replace(/[^/]+$/, world ?? ""));
      }
      const budget = name === "programmes" ? 50 : charted.includes(name) ? 25 : 15;
      if (lang === "en") console.log(`${total.toFixed(1).padStart(6)} of ${budget} KB  ${name}`);
      if (total > budget) over.push(`${lang} ${name}: ${total.toFixed(1)} of ${budget} KB`);
    }
  expect(over).toEqual([]);
});
