// @vitest-environment node
import { readFileSync } from "node:fs";
import openapi, { astToString } from "openapi-typescript";
import { expect, it } from "vitest";

it("src/api/schema.d.ts is what api/openapi.yaml says: else run npm run contract", async () => {
  const made = astToString(await openapi(new URL("../../api/openapi.yaml", import.meta.url)));
  const kept = readFileSync(new URL("../src/api/schema.d.ts", import.meta.url), "utf8");
  expect(kept.endsWith(made)).toBe(true);
}, 30_000);
