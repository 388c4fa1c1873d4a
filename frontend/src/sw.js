// The service worker: with the line cut, the signed-in pages come up all the same. test/pack.mjs writes what was built
// into the next line and puts this file at /app/sw.js, so that a new build is a new worker.
const built = { version: "", entry: "", files: [], words: {} };

// Nothing of the fund's passes here: /api is never touched, and the document holds no person's data. What a person
// read is src/draft/shelf.ts's to keep.
const home = "/app/";
const cache = () => caches.open(built.version);

/** The document is kept only where it starts the very program whose files are kept beside it. */
async function keep(answer) {
  const html = await answer.clone().text();
  if (!answer.ok || !html.includes(built.entry)) return null;
  await (await cache()).put(home, answer);
  return html;
}

/** One file into this version's cache: from an earlier one where it is there, else from the line, which may fail twice. */
async function fetchOnce(name) {
  const mine = await cache();
  const kept = await caches.match(name, { ignoreVary: true });
  if (kept) return mine.put(name, kept);
  for (const pause of [1000, 4000]) {
    try {
      return await mine.add(name);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return mine.add(name);
}

/** What came is kept even where some did not: the next attempt goes on from there. */
async function fetchAll(names) {
  const missing = (await Promise.allSettled(names.map(fetchOnce))).find((one) => one.status === "rejected");
  if (missing) throw missing.reason;
}

async function install() {
  const html = await keep(await fetch(home, { cache: "no-store" }));
  if (html === null) throw new Error("another version is served meanwhile");
  const language = /<html lang="(\w+)"/.exec(html)?.[1] ?? "en";
  await fetchAll([...built.files, ...(built.words[language] ?? [])]);
  await self.skipWaiting();
}

/** A page of the version before is still served its parts; what is older goes. */
async function activate() {
  const others = (await caches.keys()).filter((name) => name !== built.version); // the oldest first
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The network's document where there is one within eight seconds: a line may be worse than cut. */
async function document(event) {
  const kept = await (await cache()).match(home, { ignoreVary: true });
  const asked = fetch(event.request).then((answer) => {
    event.waitUntil(keep(answer.clone()).catch(() => {}));
    return answer;
  });
  if (!kept) return asked;
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), 8000));
  return Promise.race([asked.catch(() => kept), late]);
}

/** A built file has its content in its name: the one that was kept is the right one, whichever version kept it. */
async function part(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await (await cache()).put(request, answer.clone()).catch(() => {}); // the disk may be full
  return answer;
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/app/assets/")) event.respondWith(part(request));
  else if (request.mode === "navigate" && pathname.startsWith(home)) event.respondWith(document(event));
});
