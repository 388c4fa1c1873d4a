import { readFileSync } from "node:fs";
import { chromium } from "@playwright/test";

// The example fund with a statement of 2,000 lines, and how long a key takes to be seen: node test/rows.mjs URL DATA
const [url, data] = process.argv.slice(2);
const people = JSON.parse(readFileSync(`${data}/example-people.json`));
const rohan = people.find((p) => p.Email.startsWith("rohan"));
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const p = await b.newPage({ viewport: { width: 1280, height: 900 } });
const call = async (m, path, data, type) => {
  const r = await p.request.fetch(`${url}/api/v1${path}`, {
    method: m,
    data,
    headers: { "Idempotency-Key": crypto.randomUUID(), ...(type ? { "Content-Type": type } : {}) },
  });
  if (!r.ok()) throw new Error(`${path} ${r.status()} ${(await r.text()).slice(0, 400)}`);
  return r.json();
};
await call("POST", "/session", { email: rohan.Email, password: rohan.Password });
const counts = await call("GET", "/reconciliation/counts");
console.log(JSON.stringify(counts));
const total = counts.reduce((n, c) => n + c.count, 0);
if (total < 2000) {
  const [last] = await call("GET", "/bank-statements?limit=1");
  const proof = await call("GET", "/proof");
  const _day = new Date(Date.parse(last.to) + 0).toISOString().slice(0, 10);
  const next = new Date(Date.parse(last.to) + 86400000).toISOString().slice(0, 10);
  const n = 2000;
  let sum = 0;
  let ntry = "";
  for (let i = 0; i < n; i++) {
    const c = 10000 + i * 7;
    sum += c;
    ntry += `<Ntry><NtryRef>${i + 1}</NtryRef><Amt Ccy="USD">${(c / 100).toFixed(2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${next}</Dt></BookgDt><ValDt><Dt>${next}</Dt></ValDt><AcctSvcrRef>R${i}</AcctSvcrRef><BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>MEASURE-${i}</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Payer number ${i}</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls></Ntry>`;
  }
  const open = BigInt(last.closing.amount.replace(".", "")),
    close = open + BigInt(sum),
    txt = (x) => `${x / 100n}.${String(x % 100n).padStart(2, "0")}`;
  const bal = (t, x) =>
    `<Bal><Tp><CdOrPrtry><Cd>${t}</Cd></CdOrPrtry></Tp><Amt Ccy="USD">${txt(x)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${next}</Dt></Dt></Bal>`;
  const xml = `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M3</MsgId><CreDtTm>${next}T08:00:00Z</CreDtTm></GrpHdr><Stmt><Id>EXAMPLE-MANY</Id><ElctrncSeqNb>3</ElctrncSeqNb><CreDtTm>${next}T08:00:00Z</CreDtTm><FrToDt><FrDtTm>${next}T00:00:00Z</FrDtTm><ToDtTm>${next}T23:59:59Z</ToDtTm></FrToDt><Acct><Id><Othr><Id>${proof.account.number}</Id></Othr></Id><Ccy>USD</Ccy></Acct>${bal("OPBD", open)}${bal("CLBD", close)}${ntry}</Stmt></BkToCstmrStmt></Document>`;
  const t = Date.now();
  await call("POST", "/bank-statements", xml, "application/xml");
  console.log("imported in", Date.now() - t, "ms");
}
await p.goto(`${url}/app/reconcile`);
await p.locator("[data-side=bank] tbody tr").first().waitFor();
const more = p.locator("[data-side=bank] > div > button").last();
const t0 = Date.now();
for (let i = 0; i < 12; i++) {
  const k = await p.locator("[data-side=bank] input[data-row]").count();
  if (k >= 2000 || !(await more.count())) break;
  await more.click();
  await p.waitForFunction((k) => document.querySelectorAll("[data-side=bank] input[data-row]").length > k, k, { timeout: 60000 });
}
console.log("rows", await p.locator("[data-side=bank] input[data-row]").count(), "brought in", Date.now() - t0, "ms");
await p.evaluate(() => {
  window.L = [];
  window.E = [];
  new PerformanceObserver((l) => {
    for (const e of l.getEntries()) L.push(Math.round(e.duration));
  }).observe({ type: "longtask" });
  new PerformanceObserver((l) => {
    for (const e of l.getEntries()) if (e.name.startsWith("key")) E.push(Math.round(e.duration));
  }).observe({ type: "event", durationThreshold: 16 });
});
const keys = async (name, list) => {
  await p.evaluate(() => {
    L.length = 0;
    E.length = 0;
  });
  for (const k of list) {
    await p.keyboard.press(k);
    await p.waitForTimeout(150);
  }
  const r = await p.evaluate(() => ({ L: [...L], E: [...E] }));
  const s = r.E.sort((a, b) => a - b);
  console.log(
    name,
    "presses",
    list.length,
    "median",
    s[s.length >> 1] ?? "<16",
    "max",
    s.at(-1) ?? "<16",
    "ms; long tasks",
    r.L.length,
    "max",
    Math.max(0, ...r.L),
  );
};
await p.locator("[data-side=bank] input[data-row]:not(:disabled)").nth(1000).focus();
await keys("j", Array(20).fill("j"));
await keys("k", Array(20).fill("k"));
await keys("space", Array(20).fill("Space"));
await keys("j+space", Array(10).fill(["j", "Space"]).flat());
await p.evaluate(() => {
  L.length = 0;
  scrollTo(0, 0);
});
const frames = await p.evaluate(
  () =>
    new Promise((ok) => {
      const f = [];
      let last = performance.now(),
        n = 0;
      const step = (now) => {
        f.push(now - last);
        last = now;
        scrollBy(0, 400);
        if (++n < 150) requestAnimationFrame(step);
        else ok(f);
      };
      requestAnimationFrame(step);
    }),
);
const s = frames.slice(1).sort((a, b) => a - b);
console.log(
  "scroll 60,000 px: frames median",
  s[s.length >> 1].toFixed(0),
  "95th",
  s[Math.floor(s.length * 0.95)].toFixed(0),
  "max",
  s.at(-1).toFixed(0),
  "ms; long tasks",
  JSON.stringify(await p.evaluate(() => L)),
);
console.log("load", readFileSync("/proc/loadavg", "utf8"));
await b.close();
