// Every page there is, opened as those open it whom it is for: none is left out, because the lists are the program's own.
import { type Answer, built, expect, overflow, test, violations } from "./example";
import { words } from "./hands";
import { clipped } from "./pages";
import { byPerson, openings, places, publicOpenings, publicPlaces } from "./routes";

test.skip(!built(), "bin/fund is not built");
test.describe.configure({ mode: "parallel" }); // each asks for nothing that another did

const all = ["en", "fr", "es", "ar", "ru", "zh"];
const languages = process.env.FUND_TEST_LONG ? all : ["en", "ar"];

test("of every page of src/routes.tsx and of the site it is known how it is opened (routes.ts)", () => {
  expect(Object.keys(openings).sort()).toEqual([...places].sort());
  expect(Object.keys(publicOpenings).sort()).toEqual([...publicPlaces].sort());
});

for (const lang of languages)
  for (const theirs of byPerson())
    test(`${theirs[0]!.as} from ${theirs[0]!.pattern}, ${lang}: back and reload, axe, 320 px, wide spacing`, async ({ page, as, ask }) => {
      test.setTimeout(240_000);
      const t = words(lang);
      const h1 = page.locator("main h1");
      const bad = ["missing.title", "trouble.title", "trouble.no-line"].map((id) => t(id));
      const settled = async () => {
        await h1.waitFor();
        await page.waitForFunction((text) => !document.querySelector("main")?.textContent?.includes(text), t("shell.waiting"));
        return (await h1.textContent())!;
      };
      await as(theirs[0]!.as, lang, theirs[0]!.role);
      for (const opening of theirs) {
        const found: Answer[] = [(await opening.at?.(ask, page)) ?? opening.pattern].flat();
        for (const address of found)
          await test.step(address, async () => {
            await page.setViewportSize({ width: 1280, height: 900 });
            await page.goto(`/app${address}`);
            const title = await settled();
            expect(bad, address).not.toContain(title);
            await expect(page.locator("html")).toHaveAttribute("dir", lang === "ar" ? "rtl" : "ltr");
            if (address !== "/") {
              await page.locator('header a[href="/app/"]').first().click();
              await expect(h1, `${address}: away`).toHaveText(t("tasks.title"));
              await page.goBack();
              await expect(h1, `${address}: and back`).toHaveText(title);
            }
            await page.reload();
            expect(await settled(), `${address}: reloaded`).toBe(title);
            await page.waitForLoadState("networkidle");
            for (const more of await page.locator("main summary").all()) await more.click();
            expect.soft(await violations(page), address).toEqual([]);
            await page.setViewportSize({ width: 320, height: 640 });
            expect.soft(await overflow(page), `${address} at 320 px`).toBe(0);
            expect.soft(await clipped(page), `${address} with wide spacing at 320 px`).toEqual([]);
            await page.setViewportSize({ width: 1280, height: 900 });
            expect.soft(await clipped(page), `${address} with wide spacing`).toEqual([]);
          });
      }
    });
