// What is printed, as it comes out on A4: a decision, a budget, the statement, the proof of the day and a receipt, in
// English and Arabic; the PDF, and a picture of it without the edges of its sheets.
import { mkdirSync } from "node:fs";
import { expect, signIn, test } from "./example";
import { words } from "./hands";

const narrowed = Object.fromEntries((process.env.FUND_SHOTS ?? "").split(" ").map((one) => one.split("=")));

test("what is printed", async ({ page, example, ask }) => {
  const whose = (name: string) => example.people.find((p) => p.Email.startsWith(name))!;
  const [decision] = await ask("rohan", "GET", "/decisions");
  const proposals = await ask("lucia", "GET", "/proposals");
  const submitted = proposals.find((p: { receipt?: string; stage: string }) => p.stage !== "draft") ?? proposals[0];
  const sheets: [string, string, string][] = [
    ["decision", "rohan", `/app/decisions/${encodeURIComponent(decision.number)}`],
    ["decision-public", "", `/LANG/decisions/${encodeURIComponent(decision.number)}`],
    ["budget", "lucia", `/app/proposals/${submitted.id}/versions/1`],
    ["receipt", "lucia", `/app/proposals/${submitted.id}/receipt`],
    ["statement", "rohan", "/app/funding-status"],
    ["statement-public", "", "/LANG/statement"],
    ["proof", "rohan", "/app/proof"],
  ];
  mkdirSync("shots/print", { recursive: true });
  for (const lang of narrowed.lang?.split(",") ?? ["en", "ar"])
    for (const [name, who, path] of sheets) {
      if (narrowed.sheet && narrowed.sheet !== name) continue;
      if (who) await signIn(page, whose(who), lang);
      await page.emulateMedia({ media: null });
      await page.goto(example.url + path.replace("LANG", lang));
      await page.locator("main h1").first().waitFor();
      await page.waitForLoadState("networkidle");
      await expect(page.locator("main [role=status]", { hasText: words(lang)("shell.waiting") })).toHaveCount(0);
      await page.pdf({
        path: `shots/print/${lang}-${name}.pdf`,
        format: "A4",
        margin: { top: "15mm", bottom: "15mm", left: "15mm", right: "15mm" },
      });
      await page.setViewportSize({ width: 680, height: 960 });
      await page.emulateMedia({ media: "print" });
      await page.screenshot({ path: `shots/print/${lang}-${name}.png`, fullPage: true });
      await page.setViewportSize({ width: 1280, height: 900 });
    }
});
