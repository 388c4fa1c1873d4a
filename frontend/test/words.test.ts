// @vitest-environment node
import { expect, it } from "vitest";
import { catalogues, compile, faults, languages } from "./catalogues.mjs";

it("every word stands in six languages, is used, and asks for the same values", () => expect(faults()).toEqual([]));

it("plurals have the forms of their language", () => {
  const wanted = Object.fromEntries(languages.map((l: string) => [l, new Intl.PluralRules(l).resolvedOptions().pluralCategories]));
  const wrong = catalogues().flatMap((file) =>
    Object.entries(file.ids).flatMap(([id, text]) => {
      if (!/, plural,/.test(text)) return [];
      const forms = wanted[file.language]!.filter((form) => !new RegExp(`\\b${form} \\{`).test(text));
      return forms.length > 0 ? [`${file.language}: ${id} lacks ${forms.join(", ")}`] : [];
    }),
  );
  expect(wrong).toEqual([]);
});

it("a sentence that does not parse stops the build", () => {
  expect(() => compile('msgid "a"\nmsgstr "{count, plural, one {# day"\n', "en/common.po")).toThrow("en/common.po: a:");
});
