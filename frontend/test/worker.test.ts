// @vitest-environment node
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { precached, worker } from "./worker.mjs";

const source = readFileSync(new URL("../src/sw.js", import.meta.url), "utf8");
const pages = ["index.html", "src/routes.tsx", "src/shell/Offline.tsx", "src/shell/SignInAgain.tsx", "src/shell/Leaving.tsx"]
  .concat(["src/draft/store.ts", "src/tasks/TasksPage.tsx", "src/proposal/ProposalPage.tsx"])
  .concat([
    "src/proposal/TaskPage.tsx",
    "src/assessment/AssessmentsPage.tsx",
    "src/assessment/AssessmentPage.tsx",
    "src/report/ReportPage.tsx",
  ]);
const areas = ["common", "form", "tasks", "proposal", "reading", "assessment", "report", "review"];
const words = ["src/words/en/files.ts", ...areas.map((area) => `src/words/en/${area}.po`)];
const manifest = (file: (key: string) => string) => ({
  ...Object.fromEntries([...pages, ...words].map((key) => [key, { file: file(key) }])),
  "src/proposal/TaskPage.tsx": { file: "task.js", css: ["task.css"], imports: ["_base.js"], dynamicImports: ["src/proposal/Money.tsx"] },
  "src/routes.tsx": { file: "routes.js", dynamicImports: ["src/money-office/ReconcilePage.tsx"] },
  "_base.js": { file: "base.js" },
  "src/proposal/Money.tsx": { file: "money.js" },
  "src/money-office/ReconcilePage.tsx": { file: "reconcile.js" },
});
const name = (key: string) => `${key.replaceAll("/", "-")}.js`;

it("keeps the pages with drafts, what they bring later, and no other page", () => {
  const built = precached(manifest(name), ["en"]);
  expect(built.files).toEqual(expect.arrayContaining(["/app/task.js", "/app/task.css", "/app/base.js", "/app/money.js"]));
  expect(built.files).not.toContain("/app/reconcile.js");
  expect(built.words.en).toHaveLength(9);
  expect(built.entry).toBe("/app/index.html.js");
});

it("is another worker once one file is another, and the same while all are the same", () => {
  const [first, same, second] = [name, name, (key: string) => name(key).replace("draft", "drafts")].map((file) =>
    worker(source, precached(manifest(file), ["en"])),
  );
  expect(first).toBe(same);
  expect(first).not.toBe(second);
});

it("stops the build where a page to keep was not built", () => {
  expect(() => precached({}, ["en"])).toThrow("index.html");
});
