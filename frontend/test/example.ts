// The program itself, as it was built, serving a fund of its own to the tests of a worker.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type APIRequestContext, type Page, request } from "@playwright/test";
import { expect, overflow, test as pages, violations } from "./pages";

/** The program as it was built: `make` puts it there; FUND_BIN names another. */
const program = process.env.FUND_BIN ?? fileURLToPath(new URL("../../bin/fund", import.meta.url));

export type Person = { Name: string; Email: string; Password: string; Sees: string };

/** What the API answers: the tests read a few names of it. */
// biome-ignore lint/suspicious/noExplicitAny: the contract's own tests are those of the API
export type Answer = any;

/** Asks the API as somebody, "nadia" or under a hat "nadia agent-releaser": what a journey needs that others did before it. */
export type Ask = (who: string, method: "GET" | "POST" | "PUT", path: string, body?: unknown) => Promise<Answer>;

export type Example = { url: string; people: Person[]; ask: Ask; session: (who: string, role?: string) => Promise<APIRequestContext> };

/** A port that nobody has. */
const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const door = createServer();
    door.once("error", reject);
    door.listen(0, "127.0.0.1", () => {
      const at = door.address();
      door.close(() => resolve(typeof at === "object" && at ? at.port : 0));
    });
  });

type Served = { url: string; data: string; said: () => string; stop: () => Promise<void> };

/** The built program on an empty folder; with "--example" it makes the example fund there. */
export async function serve(...flags: string[]): Promise<Served> {
  const data = mkdtempSync(join(tmpdir(), "fx")); // short: a socket's path has 107 bytes
  const port = await freePort();
  const env = { ...process.env, FUND_DATA: data, FUND_LISTEN: `127.0.0.1:${port}`, FUND_DATABASE_URL: "" };
  const fund: ChildProcess = spawn(program, ["serve", ...flags], { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text;
      if (/The fund is served on/.test(said)) resolve();
    };
    fund.stdout?.on("data", hear);
    fund.stderr?.on("data", hear);
    fund.once("error", reject);
    fund.once("exit", (code) => reject(new Error(`the program ended with ${code}: ${said}`)));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      fund.once("exit", () => {
        rmSync(data, { recursive: true, force: true });
        resolve();
      });
      fund.kill("SIGTERM");
    });
  return { url: `http://127.0.0.1:${port}`, data, said: () => said, stop };
}

/** The example fund; FUND_EXAMPLE names a folder and a URL to use instead. Everybody signs in once. */
async function example(): Promise<Example & { stop: () => Promise<void> }> {
  const given = process.env.FUND_EXAMPLE?.split(" ");
  const fund = given ? { url: given[1]!, data: given[0]!, stop: async () => {} } : await serve("--example");
  const people = JSON.parse(readFileSync(join(fund.data, "example-people.json"), "utf8")) as Person[];
  const open = new Map<string, Promise<APIRequestContext>>();
  const enter = async (email: string, role?: string) => {
    const who = people.find((p) => p.Email.startsWith(email));
    if (!who) throw new Error(`nobody is called ${email}`);
    const api = await request.newContext({ baseURL: fund.url });
    const answer = await api.post("/api/v1/session", { data: { email: who.Email, password: who.Password } });
    if (!answer.ok()) throw new Error(`${who.Email}: ${await answer.text()}`);
    const { hats } = await answer.json();
    const hat = hats.find((h: { role: string }) => h.role === role);
    if (role && !hat) throw new Error(`${who.Email} is not ${role}`);
    if (hat && hats.length > 1) await api.put("/api/v1/session/hat", { data: { membership: hat.membership } });
    return api;
  };
  const session = async (email: string, role?: string) => {
    const key = `${email} ${role ?? ""}`;
    const api = await open.get(key);
    if (!api || !(await api.get("/api/v1/session")).ok()) open.set(key, enter(email, role));
    return (await open.get(key))!;
  };
  const ask: Ask = async (who, method, path, data) => {
    const [email, role] = who.split(" ");
    const api = await session(email!, role);
    const at = `/api/v1${path}`;
    const headers: Record<string, string> = method === "GET" ? {} : { "Idempotency-Key": crypto.randomUUID() };
    // What is changed is changed as it was read last.
    const thing = /^\/(?:transfer-requests|proposals|calls|programmes)\/[^/]+/.exec(path)?.[0];
    const version = method !== "GET" && thing && (await api.get(`/api/v1${thing}`)).headers().etag;
    if (version) headers["If-Match"] = version;
    const answer = await api.fetch(at, { method, headers, ...(data === undefined ? {} : { data }) });
    if (!answer.ok()) throw new Error(`${who} ${method} ${path}: ${answer.status()} ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : undefined;
  };
  const stop = async () => {
    for (const api of open.values()) await (await api).dispose();
    await fund.stop();
  };
  return { url: fund.url, people, ask, session, stop };
}

/** Shows the app to somebody, by the beginning of their address, in a language, under one of their hats. */
export type As = (email: string, lang?: string, role?: string) => Promise<void>;

/** Tests against the program itself: `example` is one fund for all tests of a worker. */
export const test = pages.extend<{ as: As; ask: Ask }, { example: Example }>({
  example: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const fund = await example();
      await use(fund);
      await fund.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ example }, use) => use(example.url),
  ask: async ({ example }, use) => use(example.ask),
  /** With the session that they have: the sign-in page has its own tests. */
  as: async ({ page, example }, use) => {
    await use(async (email, lang = "en", role) => {
      const api = await example.session(email, role);
      await api.put("/api/v1/session/language", { data: { language: lang } });
      await page.context().clearCookies();
      await page.context().addCookies((await api.storageState()).cookies);
      await page.goto("/app/");
      await page.locator("main h1").waitFor();
    });
  },
});

/** By the API, with the browser's own cookies: a session that the test may end. */
export async function signIn(page: Page, who: Person, lang: string) {
  const answer = await page.request.post("/api/v1/session", { data: { email: who.Email, password: who.Password } });
  if (!answer.ok()) throw new Error(`${who.Email}: ${await answer.text()}`);
  await page.request.put("/api/v1/session/language", { data: { language: lang } });
  await page.goto("/app/");
  await page.locator("main h1").waitFor();
}

/** What every page owes: nothing for axe to find, and no sideways scroll on the narrowest phone. */
export async function sound(page: Page) {
  // A page that is still on its way has no heading yet, and is nobody's fault: what stays is. On a shared machine axe alone
  // has taken more than eight seconds.
  await expect.poll(() => violations(page), { message: page.url(), timeout: 30_000 }).toEqual([]);
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await overflow(page), `${page.url()} at 320 px`).toBe(0);
  await page.setViewportSize(size);
}

/** Without the program there is nothing to ask. */
export const built = () => existsSync(program) || process.env.FUND_EXAMPLE !== undefined;
export { expect, overflow, violations } from "./pages";
