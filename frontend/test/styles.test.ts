// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const folder = fileURLToPath(new URL("../", import.meta.url));
const sheets = ["src", "site"].flatMap((part) =>
  (readdirSync(folder + part, { recursive: true }) as string[])
    .filter((f) => f.endsWith(".css"))
    .map((f) => [`${part}/${f}`, readFileSync(`${folder}${part}/${f}`, "utf8")] as const),
);

it("sides are logical, but for amounts, which stand to the right in both directions", () => {
  const wrong = sheets.flatMap(([file, css]) =>
    css
      .split("\n")
      .flatMap((line, i) =>
        /(^|[\s;{])((margin|padding|border)-(left|right)|left|right|float)\s*:/.test(line) || /text-align:\s*left/.test(line)
          ? [`${file}:${i + 1} ${line.trim()}`]
          : [],
      ),
  );
  expect(wrong).toEqual([]);
});

it("no element and no role is styled outside base.css", () => {
  const wrong = sheets
    .filter(([file]) => file.endsWith(".module.css"))
    .flatMap(([file, css]) =>
      [...css.matchAll(/^(\[role|[a-z]+)[^{}@]*\{/gm)].filter((m) => !/^(from|to|a\.)/.test(m[0])).map((m) => `${file}: ${m[0]}`),
    );
  expect(wrong).toEqual([]);
});

it("nothing comes from another host", () => {
  expect(sheets.filter(([, css]) => /url\(["']?https?:|@import/.test(css)).map(([file]) => file)).toEqual([]);
});
