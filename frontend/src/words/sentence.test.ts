// @vitest-environment node
import { setupI18n } from "@lingui/core";
import { expect, it } from "vitest";
import { catalogues, compiled } from "../../test/catalogues.mjs";
import { fill, type Messages } from "./sentence";

it("fills in every sentence of every language as Lingui does", () => {
  let counted = 0;
  for (const { language, ids } of catalogues()) {
    const messages = compiled(ids) as Messages;
    const judge = setupI18n({ locale: language, messages: { [language]: messages } as never });
    for (const [id, sentence] of Object.entries(messages)) {
      const names = new Set(JSON.stringify(sentence).match(/(?<=\[")\w+(?="[\],])/g));
      const counts = JSON.stringify(sentence).includes('"plural"') ? [0, 1, 2, 3, 5, 11, 21, 1234] : [7];
      for (const n of counts) {
        const values = Object.fromEntries([...names].map((name) => [name, n]));
        expect(fill(language, sentence, values), `${language} ${id} ${n}`).toBe(judge._(id, values));
        counted++;
      }
    }
  }
  expect(counted).toBeGreaterThan(1000);
}, 60_000); // every catalogue is read, beside others' work

it("leaves nothing but a gap where a value is missing", () => expect(fill("en", ["a", ["b"], "c"])).toBe("ac"));
