// Writes the service worker for what was built, and .gz and .br beside every file, so that Go packs nothing while it serves.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { languages } from "./catalogues.mjs";
import { precached, worker } from "./worker.mjs";

const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));
const source = readFileSync(new URL("../src/sw.js", import.meta.url), "utf8");
writeFileSync(new URL("sw.js", dist), worker(source, precached(manifest, languages)));
for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist);
  if (!/\.(js|css|svg|json|html)$/.test(name) || /^\.vite|index\.html$|^sw\.js$/.test(name) || statSync(file).size < 1024) continue;
  const bytes = readFileSync(file);
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(bytes, { level: 9 }));
  writeFileSync(new URL(`${name}.br`, dist), brotliCompressSync(bytes));
}
writeFileSync(new URL(".keep", dist), "");
