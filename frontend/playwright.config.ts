import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";

const debian = "/usr/bin/chromium";

// The pages are built with their components page and served under the policy that the program sends.
export default defineConfig({
  testDir: "test",
  testMatch: "*.spec.ts",
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  outputDir: "node_modules/.playwright",
  use: {
    baseURL: "http://127.0.0.1:4173",
    launchOptions: { executablePath: existsSync(debian) ? debian : undefined, args: ["--no-sandbox"] },
    locale: "en-GB",
    timezoneId: "Africa/Nairobi",
  },
  webServer: {
    command: "npx vite build --mode gallery && npx vite preview --mode gallery --host 127.0.0.1 --port 4173 --strictPort",
    url: "http://127.0.0.1:4173/app/",
    reuseExistingServer: false,
    timeout: 120_000,
  },
});
