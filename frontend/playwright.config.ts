import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";

const debian = "/usr/bin/chromium";

// A port that is free, asked for once: the workers inherit the environment and read this file again.
const free = 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })';
process.env.PAGES_PORT ??= execFileSync(process.execPath, ["-e", free], { encoding: "utf8" }).trim();
const pages = `http://127.0.0.1:${process.env.PAGES_PORT}`;

// The pages are built with their components page and served under the policy that the program sends.
export default defineConfig({
  testDir: "test",
  testMatch: "*.spec.ts",
  // Each worker has a program and a database of its own.
  workers: Math.min(6, Math.max(2, availableParallelism())),
  // On a machine that others share a step may come late once. What passes only then is printed as flaky, and is to be mended.
  retries: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  outputDir: "node_modules/.playwright",
  use: {
    baseURL: pages,
    actionTimeout: 15_000,
    launchOptions: { executablePath: existsSync(debian) ? debian : undefined, args: ["--no-sandbox"] },
    locale: "en-GB",
    timezoneId: "Africa/Nairobi",
  },
  webServer: {
    command: `npx vite build --mode gallery && npx vite preview --mode gallery --host 127.0.0.1 --port ${process.env.PAGES_PORT} --strictPort`,
    url: `${pages}/app/`,
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
