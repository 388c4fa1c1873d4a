import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A page under the program's policy: what the policy or the program itself complains of fails the test. */
export const test = base.extend<{ calm: undefined }>({
  calm: [
    async ({ page }, use) => {
      const said: string[] = [];
      page.on("console", (m) => {
        if (m.type() === "error" && !/Failed to load resource/.test(m.text())) said.push(m.text());
      });
      page.on("pageerror", (e) => said.push(String(e)));
      await use(undefined);
      await page.unrouteAll({ behavior: "ignoreErrors" }); // what a page asks for while it closes
      expect(said).toEqual([]);
    },
    { auto: true },
  ],
});

/** Answers the API in the place of the program. What is not given is a 404. */
export async function answers(page: Page, given: Record<string, unknown>) {
  await page.route("**/api/v1/**", (route) => {
    const request = route.request();
    const key = `${request.method()} ${new URL(request.url()).pathname.replace("/api/v1", "")}`;
    const found = given[key];
    const body = typeof found === "function" ? found(request) : found;
    if (body === undefined)
      return route.fulfill({
        status: 404,
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "/problems/missing", code: "missing", title: "There is no such thing.", status: 404 }),
      });
    if (typeof body === "object" && body !== null && "status" in body && "code" in body)
      return route.fulfill({
        status: (body as { status: number }).status,
        contentType: "application/problem+json",
        body: JSON.stringify(body),
      });
    return route.fulfill({ status: 200, contentType: "application/json", body: JSON.stringify(body) });
  });
  await page.route("**/site/**", (route) =>
    route.fulfill({ status: 200, contentType: "image/svg+xml", body: "<svg xmlns='http://www.w3.org/2000/svg'/>" }),
  );
}

/** What axe finds; injected by hand through the debugger, which no policy stops. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    (
      window as unknown as {
        axe: { run: (o: unknown) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }> };
      }
    ).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }),
  );
  return result.violations.flatMap((v) =>
    v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary.replaceAll("\n", " ").slice(0, 200)}`),
  );
}

/** How far the page scrolls sideways. */
export const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What is cut off, or wider than the page, with the spacing that a reader may set (WCAG 1.4.12). */
export async function clipped(page: Page): Promise<string[]> {
  // Set through the debugger: a style in the page the policy would refuse.
  return page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }",
    );
    const before = document.adoptedStyleSheets;
    document.adoptedStyleSheets = [...before, sheet];
    const cut = [...document.querySelectorAll("body *:not(input, textarea, select)")]
      .filter((e) => {
        const style = getComputedStyle(e);
        return /hidden|clip/.test(style.overflow) && style.clipPath === "none" && e.scrollWidth > e.clientWidth + 1;
      })
      .map((e) => e.outerHTML.slice(0, 120));
    const page = document.documentElement;
    if (page.scrollWidth > page.clientWidth) cut.push(`the page is ${page.scrollWidth - page.clientWidth} px too wide`);
    document.adoptedStyleSheets = before;
    return cut;
  });
}

export const ana = {
  id: "6f0c4a80-0000-4000-8000-000000000001",
  person: { id: "6f0c4a80-0000-4000-8000-000000000002", name: "N. Okafor", email: "n.okafor@example.org" },
  language: "en",
  hat: {
    membership: "6f0c4a80-0000-4000-8000-000000000003",
    organisation: "6f0c4a80-0000-4000-8000-000000000004",
    code: "UNDP",
    role: "agent-preparer",
  },
  hats: [
    {
      membership: "6f0c4a80-0000-4000-8000-000000000003",
      organisation: "6f0c4a80-0000-4000-8000-000000000004",
      code: "UNDP",
      role: "agent-preparer",
    },
    {
      membership: "6f0c4a80-0000-4000-8000-000000000005",
      organisation: "6f0c4a80-0000-4000-8000-000000000004",
      code: "UNDP",
      role: "auditor",
    },
  ],
  expires_at: "2026-11-22T00:00:00Z",
};

export { expect };
