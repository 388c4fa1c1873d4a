import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { activate } from "../words/i18n";
import { ask, client, onExpired } from "./client";
import { Refused, Unreached } from "./problem";

const fetched = vi.fn<(r: Request) => Promise<Response>>();
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": status < 400 ? "application/json" : "application/problem+json", ...headers },
  });
const last = () => fetched.mock.calls.at(-1)![0];

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => vi.unstubAllGlobals());

it("fills in path and query, and names the page's language", async () => {
  await activate("ru");
  fetched.mockResolvedValue(json({}));
  await client.GET("/statement/{code}/vouchers", { params: { path: { code: "a/b" }, query: { as_of: "2026-01-31", limit: undefined } } });
  expect(new URL(last().url).pathname + new URL(last().url).search).toBe("/api/v1/statement/a%2Fb/vouchers?as_of=2026-01-31");
  expect(last().headers.get("Accept-Language")).toBe("ru");
  expect(last().headers.has("Idempotency-Key")).toBe(false);
});

it("a write has a key of its own, and the version that was read", async () => {
  fetched.mockImplementation(async () => json({ a: 1 }, 200, { ETag: '"7"' }));
  await ask("GET", "/things/1");
  await ask("PUT", "/things/1", { a: 2 });
  const first = last().headers.get("Idempotency-Key");
  expect(last().headers.get("If-Match")).toBe('"7"');
  await ask("PUT", "/things/2", { a: 2 });
  expect(last().headers.has("If-Match")).toBe(false);
  expect(last().headers.get("Idempotency-Key")).not.toBe(first);
});

it("throws what was refused, and what never arrived", async () => {
  fetched.mockResolvedValueOnce(json({ type: "/problems/stale", code: "stale", title: "Somebody was first.", status: 412 }, 412));
  await expect(ask("PUT", "/x", {})).rejects.toMatchObject({ status: 412, message: "Somebody was first." });
  fetched.mockResolvedValueOnce(new Response("<html>", { status: 502 }));
  await expect(ask("GET", "/x")).rejects.toBeInstanceOf(Refused);
  fetched.mockRejectedValueOnce(new TypeError("offline"));
  await expect(ask("GET", "/x")).rejects.toBeInstanceOf(Unreached);
});

it("an ended session is taken up again, and the same act sent once more under the same key", async () => {
  const again = vi.fn(async () => {});
  onExpired(again);
  fetched
    .mockResolvedValueOnce(json({ type: "", code: "unsigned", title: "Sign in.", status: 401 }, 401))
    .mockResolvedValueOnce(json({ done: true }));
  expect(await ask("POST", "/transfers", { n: 1 })).toEqual({ done: true });
  expect(again).toHaveBeenCalledOnce();
  const [first, second] = fetched.mock.calls.map(([r]) => r);
  expect(second!.headers.get("Idempotency-Key")).toBe(first!.headers.get("Idempotency-Key"));
  expect(await second!.text()).toBe('{"n":1}');
});
