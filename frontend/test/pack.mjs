// Writes .gz and .br beside what was built, so that Go packs nothing while it serves.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist);
  if (!/\.(js|css|svg|json|html)$/.test(name) || /^\.vite|index\.html$/.test(name) || statSync(file).size < 1024) continue;
  const bytes = readFileSync(file);
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(bytes, { level: 9 }));
  writeFileSync(new URL(`${name}.br`, dist), brotliCompressSync(bytes));
}
writeFileSync(new URL(".keep", dist), "");
