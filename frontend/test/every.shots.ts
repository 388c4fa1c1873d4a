// A picture of every screen: each person of the example follows the links from their menu, one address of every route of
// src/routes.tsx is kept, and photographed in English, Arabic and Russian (long words), on a desktop, a tablet and a phone.
// FUND_SHOTS narrows it: "who=amara lang=en size=phone route=/questions"; "views=ar:phone,ru:tablet" names pairs.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./example";

const narrowed = Object.fromEntries((process.env.FUND_SHOTS ?? "").split(" ").map((one) => one.split("=")));
const views: string[] | undefined = narrowed.views?.split(",");
const languages: string[] = views ? [...new Set(views.map((v) => v.split(":")[0]!))] : (narrowed.lang?.split(",") ?? ["en", "ar", "ru"]);
const sizes = (lang: string) =>
  Object.entries({ desktop: [1280, 900], tablet: [820, 1180], phone: [375, 812] } as const).filter(([name]) =>
    views ? views.includes(`${lang}:${name}`) : !narrowed.size || narrowed.size.split(",").includes(name),
  );

/** The patterns of src/routes.tsx as its text has them, so that a page nobody reaches is named. */
const patterns = [...readFileSync(new URL("../src/routes.tsx", import.meta.url), "utf8").matchAll(/path: "(\/[^"]*)"/g)]
  .map(([, pattern]) => pattern!)
  .filter((pattern) => pattern !== "/components" && pattern !== "/setup");
/** Each task's page is another page, whatever the pattern says. */
const known = (path: string) => {
  const fits = patterns.find((pattern) => new RegExp(`^${pattern.replaceAll(/:\w+/g, "[^/]+")}$`).test(path));
  return fits === "/proposals/:id/:task" ? `/proposals/:id/${path.split("/")[3]}` : fits;
};

const waiting = /^(One moment|لحظة|Секунд|Одну|Минут|Подожд)/;
async function settled(page: Page) {
  await page.locator("main h1").first().waitFor();
  await page.waitForTimeout(120);
  await expect(page.locator("main [role=status]", { hasText: waiting })).toHaveCount(0);
}

/** One address of every route that somebody's links lead to, the menu's first. */
async function reach(page: Page, base: string): Promise<Map<string, string>> {
  const found = new Map<string, string>([["/", "/"]]);
  const open = ["/"];
  for (let path = open.shift(); path; path = open.shift()) {
    await page.goto(`${base}/app${path}`);
    await settled(page);
    const links = await page
      .locator("a[href^='/app/']")
      .evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname));
    for (const link of links) {
      const to = link.replace(/^\/app/, "") || "/";
      const route = known(to);
      if (!route || found.has(route)) continue;
      found.set(route, to);
      open.push(to);
    }
  }
  return found;
}

async function picture(page: Page, lang: string, kind: "app" | "public", name: string) {
  const folder = `shots/${kind}/${lang}`;
  mkdirSync(folder, { recursive: true });
  for (const [size, [width, height]] of sizes(lang)) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(60);
    await page.screenshot({ path: `${folder}/${name}-${size}.png`, fullPage: true, animations: "disabled" });
  }
}

const fileName = (route: string) => route.replaceAll(/[:]/g, "").replaceAll("/", "_").replace(/^_/, "") || "tasks";

test("every screen of every person", async ({ page, example }) => {
  const reached = new Set<string>();
  if (!narrowed.who) rmSync("shots/app", { recursive: true, force: true });
  for (const person of example.people) {
    const who = person.Email.split("@")[0]!;
    if (narrowed.who && !narrowed.who.split(",").some((one: string) => who.startsWith(one))) continue;
    await signIn(page, person, "en");
    const routes = await reach(page, example.url);
    for (const route of routes.keys()) reached.add(route);
    for (const lang of languages) {
      await signIn(page, person, lang);
      for (const [route, path] of routes) {
        if (narrowed.route && !route.startsWith(narrowed.route)) continue;
        await page.setViewportSize({ width: 1280, height: 900 });
        await page.goto(`${example.url}/app${path}`);
        await settled(page);
        await picture(page, lang, "app", `${who}-${fileName(route)}`);
      }
    }
    console.log(`${who}: ${routes.size} screens`);
  }
  const missed = patterns.filter((pattern) => ![...reached].some((route) => route === pattern || pattern === "/proposals/:id/:task"));
  console.log(missed.length ? `no link leads to ${missed.join(", ")}` : "every route was reached");
});

test("every public page", async ({ page, example }) => {
  test.skip(Boolean(narrowed.who));
  for (const lang of languages) {
    const found = new Map<string, string>();
    const open = [`/${lang}/`, `/${lang}/sign-in`, `/${lang}/forgotten-password`, `/${lang}/privacy`, `/${lang}/nowhere`];
    for (let path = open.shift(); path; path = open.shift()) {
      const parts = path.split("/").slice(2);
      const route = parts.length > 1 && parts[1] ? `${parts[0]}_one` : parts[0] || "home";
      if (found.has(route)) continue;
      found.set(route, path);
      const answer = await page.goto(example.url + path);
      if (!answer?.headers()["content-type"]?.startsWith("text/html")) continue;
      await page.waitForLoadState("networkidle");
      await picture(page, lang, "public", route);
      open.push(
        ...(await page
          .locator(`a[href^='/${lang}/']`)
          .evaluateAll((all) => all.map((a) => new URL((a as HTMLAnchorElement).href).pathname))),
      );
    }
  }
});
