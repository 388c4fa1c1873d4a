// The service worker as it is served: src/sw.js, told what was built.
import { createHash } from "node:crypto";

/** Where drafts are written, and the way there by one's tasks. Any other page, a list too, is kept once it was opened. */
const pages = [
  "index.html",
  "src/routes.tsx",
  "src/shell/Offline.tsx",
  "src/shell/SignInAgain.tsx",
  "src/shell/Leaving.tsx",
  "src/draft/store.ts",
  "src/tasks/TasksPage.tsx",
  "src/proposal/ProposalPage.tsx",
  "src/proposal/TaskPage.tsx",
  "src/assessment/AssessmentsPage.tsx",
  "src/assessment/AssessmentPage.tsx",
  "src/report/ReportPage.tsx",
];
/** Pieces of those pages by which an office acts: nothing is done with them off the line. */
const offices = new Set(["src/report/Finding.tsx"]);
const areas = ["common", "form", "tasks", "proposal", "reading", "assessment", "report", "review"];

/** What the worker is to keep, by Vite's manifest: the pages with all that they start and bring later. */
export function precached(manifest, languages) {
  const files = new Set();
  const seen = new Set();
  const take = (key, later) => {
    const chunk = manifest[key];
    if (!chunk || offices.has(key) || seen.has(`${key} ${later}`)) return;
    seen.add(`${key} ${later}`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(`/app/${file}`);
    for (const next of chunk.imports ?? []) take(next, false);
    // A page brings its own pieces later; the shell brings every page, which is not meant.
    for (const next of later ? (chunk.dynamicImports ?? []) : []) take(next, false);
  };
  for (const page of pages) {
    if (!manifest[page]) throw new Error(`${page} is a page to keep, and was not built`);
    take(page, /Page\.tsx$/.test(page));
  }
  const words = Object.fromEntries(
    languages.map((language) => [
      language,
      ["files.ts", ...areas.map((area) => `${area}.po`)].map((file) => `/app/${manifest[`src/words/${language}/${file}`].file}`),
    ]),
  );
  const list = [...files].sort();
  const version = createHash("sha256")
    .update(JSON.stringify([list, words]))
    .digest("hex")
    .slice(0, 12);
  return { version: `fund-${version}`, entry: `/app/${manifest["index.html"].file}`, files: list, words };
}

const line = /^const built = .*;$/m;

/** The worker's own text, for what was built. */
export function worker(source, built) {
  if (!line.test(source)) throw new Error("src/sw.js has no place for what was built");
  return source.replace(line, () => `const built = ${JSON.stringify(built)};`);
}
