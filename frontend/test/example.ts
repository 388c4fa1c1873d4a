import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { test as pages } from "./pages";

/** The program as it was built: `make` puts it there; FUND_BIN names another. */
const program = process.env.FUND_BIN ?? fileURLToPath(new URL("../../bin/fund", import.meta.url));

export type Person = { Name: string; Email: string; Password: string; Sees: string };
export type Example = { url: string; people: Person[] };

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

/** The built program serving an example fund of its own; FUND_EXAMPLE names a folder and a URL to use instead. */
async function serve(): Promise<Example & { stop: () => Promise<void> }> {
  const given = process.env.FUND_EXAMPLE?.split(" ");
  const read = (folder: string) => JSON.parse(readFileSync(join(folder, "example-people.json"), "utf8")) as Person[];
  if (given) return { url: given[1]!, people: read(given[0]!), stop: async () => {} };
  const data = mkdtempSync(join(tmpdir(), "fx")); // short: a socket's path has 107 bytes
  const port = await freePort();
  const env = { ...process.env, FUND_DATA: data, FUND_LISTEN: `127.0.0.1:${port}`, FUND_DATABASE_URL: "" };
  const fund: ChildProcess = spawn(program, ["serve", "--example"], { env, stdio: ["ignore", "pipe", "pipe"] });
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
  return { url: `http://127.0.0.1:${port}`, people: read(data), stop };
}

/** Tests against the program itself: `example` is one fund for all tests of a worker. */
export const test = pages.extend<{ as: (email: string, lang?: string) => Promise<void> }, { example: Example }>({
  example: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const fund = await serve();
      await use(fund);
      await fund.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ example }, use) => use(example.url),
  /** Signs somebody in, by the beginning of their address, and shows their tasks. */
  as: async ({ page, example }, use) => {
    await use(async (email, lang = "en") => {
      const who = example.people.find((p) => p.Email.startsWith(email));
      if (!who) throw new Error(`nobody is called ${email}`);
      await signIn(page, who, lang);
    });
  },
});

/** By the API, with the browser's own cookies: the sign-in page has its own tests. */
export async function signIn(page: Page, who: Person, lang: string) {
  const answer = await page.request.post("/api/v1/session", { data: { email: who.Email, password: who.Password } });
  if (!answer.ok()) throw new Error(`${who.Email}: ${await answer.text()}`);
  await page.request.put("/api/v1/session/language", { data: { language: lang } });
  await page.goto("/app/");
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** Without the program there is nothing to ask. */
export const built = () => existsSync(program) || process.env.FUND_EXAMPLE !== undefined;
export { expect, overflow, violations } from "./pages";
