// Weighs what was built, as a browser receives it: fails above what design allows (KB of gzip -9).
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { languages } from "./catalogues.mjs";
import { precached } from "./worker.mjs";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const weights = new Map();
const weigh = (file) => {
  if (!weights.has(file)) weights.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / 1024);
  return weights.get(file);
};

/** The files of a chunk and of all that it cannot start without. */
function files(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const next of chunk.imports ?? []) files(next, seen);
  return seen;
}
const total = (set) => [...set].reduce((sum, file) => sum + weigh(file), 0);

// First loads: the shell, the page, its words. A page is dense where rows are chosen in it; all others are plain.
const dense = 155;
const plain = 120;
const budgets = { "src/tasks/TasksPage.tsx": plain, "src/money-office/ReconcilePage.tsx": dense };

// A step of a page is reached from that page, which has loaded what both need; opened cold, its first load counts.
const steps = Object.fromEntries(
  ["proposal/TaskPage", "budget/BudgetTask", "team/TeamPage", "team/EndorsementsPage"].map((page) => [
    `src/${page}.tsx`,
    "src/proposal/ProposalPage.tsx",
  ]),
);
steps["src/money-office/ReconcileDialogs.tsx"] = "src/money-office/ReconcilePage.tsx";
steps["src/programme/AskForm.tsx"] = "src/programme/ProgrammePage.tsx";
for (const part of [
  "Rebasing",
  "Writing",
  "RuleForm",
  "Members",
  "Drafts",
  "DraftPage",
  "PartPage",
  "StartPage",
  "VersionsPage",
  "RulesPage",
])
  steps[`src/rules/${part}.tsx`] = "src/rules/RulesPages.tsx";
for (const part of ["Writing", "Reading", "Finding", "Findings"]) steps[`src/report/${part}.tsx`] = "src/report/ReportPage.tsx";

const lines = [];
const shell = files("index.html");
const words = (area) => Object.keys(manifest).filter((k) => k.endsWith(`/${area}.po`));
// The maps of the pages and of one's language's catalogues come with the first page, whichever it is.
const catalogues = (language) => files(`src/words/${language}/files.ts`);
const longest = languages.reduce((a, b) => (total(catalogues(a)) > total(catalogues(b)) ? a : b));
const maps = new Set([...files("src/routes.tsx"), ...catalogues(longest)]);
const heaviest = (area) => Math.max(0, ...words(area).map((k) => weigh(manifest[k].file)));
lines.push(["app shell with its words", total(shell) + heaviest("common"), 90]);
for (const key of Object.keys(manifest)) {
  const chunk = manifest[key];
  if (key.endsWith(".po")) lines.push([key.replace("src/words/", ""), weigh(chunk.file), 12]);
  if (!chunk.isDynamicEntry || !key.startsWith("src/") || key.endsWith(".po") || key === "src/chart/world.ts") continue; // the public map's, weighed with its page
  if (key === "src/routes.tsx" || key.endsWith("/files.ts")) continue;
  const own = files(key);
  const first = new Set([...shell, ...maps, ...own]);
  const budget = budgets[key] ?? ([...own].some((f) => /ChoiceTable/.test(f)) ? dense : plain);
  lines.push([`first load of ${key}`, total(first) + heaviest("common") + heaviest("form") + heaviest(key.split("/")[1]), budget]);
  // Whoever signs in comes by her tasks, and the service worker has fetched that page ahead.
  const before = new Set([...shell, ...files(steps[key] ?? "src/tasks/TasksPage.tsx")]);
  lines.push([
    `${key} from ${steps[key] ?? "one's tasks"}`,
    total([...own].filter((f) => !before.has(f))),
    budget === dense ? dense - 90 : 15,
  ]);
}
const built = readdirSync(dist, { recursive: true });
// What the service worker fetches ahead is sent to everybody, on any line: that has a bound. What the whole app comes to
// nobody is sent; each page has its own (docs/decisions/0016).
const ahead = precached(manifest, languages);
const file = (path) => weigh(path.replace("/app/", ""));
const read = Math.max(...languages.map((language) => ahead.words[language].reduce((sum, path) => sum + file(path), 0)));
lines.push(["fetched ahead, to write off the line", ahead.files.reduce((sum, path) => sum + file(path), 0) + read, 200]);
lines.push([
  "fonts and pictures",
  built.filter((f) => /\.(woff2?|ttf|otf|png|jpe?g|gif|webp|svg)$/.test(f)).reduce((sum, f) => sum + weigh(f), 0),
  0,
]);

let over = 0;
for (const [what, kb, budget] of lines) {
  const heavy = kb > budget;
  if (heavy) over++;
  console.log(`${heavy ? "OVER " : "     "}${kb.toFixed(1).padStart(6)} of ${String(budget).padStart(3)} KB  ${what}`);
}
process.exit(over > 0 ? 1 : 0);
