// How the people of the journeys do things, by mouse or by the keyboard alone, and what they read on the buttons.
import type { Locator, Page } from "@playwright/test";
import { catalogues } from "./catalogues.mjs";

/** Each journey is gone by mouse and by keyboard only, in English and in Arabic. */
export const ways = [
  { lang: "en", keyboard: false },
  { lang: "ar", keyboard: false },
  { lang: "en", keyboard: true },
  { lang: "ar", keyboard: true },
] as const;
export type Way = (typeof ways)[number];

/** What a test of a journey is called after. */
export const told = ({ lang, keyboard }: Way) => `${lang}, by ${keyboard ? "keyboard only" : "mouse"}`;

const spoken: Record<string, Record<string, string>> = {};
for (const { language, ids } of catalogues()) spoken[language] = { ...spoken[language], ...ids };

/** The app's own words in a language, by their id, with what stands in them put in; plurals are not made here. */
export const words =
  (lang: string) =>
  (id: string, given: Record<string, string> = {}) => {
    const text = spoken[lang]?.[id];
    if (!text) throw new Error(`${lang} has no ${id}`);
    return text.replace(/\{(\w+)\}/g, (_, name: string) => given[name] ?? "");
  };

/** One way of doing things. What the keyboard does not reach fails the journey. */
export function hands(page: Page, keyboard: boolean) {
  const focused = (e: Element) => e === document.activeElement;
  const tabTo = async (what: string, there: () => Promise<boolean>) => {
    for (let i = 0; i < 250; i++) {
      if (await there()) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${what}`);
  };
  const reach = async (to: Locator) => {
    await to.waitFor();
    let found = await to.elementHandle(); // asked once: a page of many fields is many steps
    await tabTo(String(to), async () => {
      if (!found || !(await found.evaluate((e) => e.isConnected))) found = await to.elementHandle();
      return (await found?.evaluate(focused)) ?? false;
    });
  };
  return {
    reach,
    async press(what: Locator, key = "Enter") {
      if (!keyboard) return what.click();
      await reach(what);
      await page.keyboard.press(key);
    },
    /** Adds to what stands there. */
    async write(where: Locator, text: string) {
      if (keyboard) await reach(where);
      else await where.click();
      await page.keyboard.press("End"); // what one tabs into is selected whole
      await page.keyboard.insertText(text);
    },
    /** Writes in the place of what stands there. */
    async rewrite(where: Locator, text: string) {
      if (!keyboard) return where.fill(text);
      await reach(where);
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(text);
    },
    async choose(from: Locator, value: string) {
      if (!keyboard) return void (await from.selectOption(value));
      await reach(from);
      await page.keyboard.press("Home");
      for (let i = 0; i < 300 && (await from.inputValue()) !== value; i++) await page.keyboard.press("ArrowDown");
      if ((await from.inputValue()) !== value) throw new Error(`the keyboard does not find ${value} in ${from}`);
    },
    /** Ticks a box, or picks one of several: the arrows go from one to the next. */
    async pick(box: Locator) {
      if (!keyboard) return box.check({ force: true }); // some lie unseen under their label
      await box.waitFor({ state: "attached" });
      const group = (await box.getAttribute("type")) === "radio" && (await box.getAttribute("name"));
      if (group) {
        const in_ = () => page.evaluate((name) => document.activeElement?.getAttribute("name") === name, group);
        await tabTo(String(box), in_);
        for (let i = 0; i < 30 && !(await box.evaluate(focused)); i++) await page.keyboard.press("ArrowDown");
      } else await tabTo(String(box), () => box.evaluate(focused));
      if (!(await box.isChecked())) await page.keyboard.press("Space");
    },
    /** A day, "2027-01-15", or a day and hour, "2027-01-15T09:30", in the browser's own field. */
    async when(where: Locator, value: string) {
      if (!keyboard) return where.fill(value);
      const [year, month, day, hour, minute] = value.split(/[-T:]/) as [string, string, string, string?, string?];
      const clock =
        hour === undefined ? "" : `${String(Number(hour) % 12 || 12).padStart(2, "0")}${minute}${Number(hour) < 12 ? "A" : "P"}`;
      // Browsers put the month or the day first. A year may have six digits: the arrow says that it is whole.
      for (const first of [month + day, day + month]) {
        while (await where.evaluate(focused)) await page.keyboard.press("Shift+Tab");
        await reach(where);
        await page.keyboard.type(first + year);
        if (clock) await page.keyboard.press("ArrowRight");
        await page.keyboard.type(clock);
        if ((await where.inputValue()) === value) return;
      }
      throw new Error(`the keys gave ${await where.inputValue()}, not ${value}`);
    },
  };
}
