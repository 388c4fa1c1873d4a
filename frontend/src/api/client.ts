import type { Client } from "openapi-fetch";
import { activeLanguage } from "../words/i18n";
import { type Problem, Refused, Unreached } from "./problem";
import type { paths } from "./schema";

const base = "/api/v1";

/** The ETag last seen for an address, sent back as If-Match when it is changed. */
const versions = new Map<string, string>();

/** What runs when a session has ended: the shell asks to sign in again over the page. */
let whenExpired: () => Promise<void> = async () => {};
export function onExpired(ask: () => Promise<void>) {
  whenExpired = ask;
}

/** A key under which asking twice does a thing once. Keep it while the same thing is asked again. */
export const newKey = () => crypto.randomUUID();

type Asked = {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> };
  headers?: Record<string, string>;
  body?: unknown;
};

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    throw new Unreached(cause);
  }
}

/** Asks with what every request carries; throws Refused or Unreached. */
async function call(method: string, path: string, { params = {}, headers = {}, body }: Asked = {}) {
  const filled = base + path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params.path?.[name])));
  const url = new URL(filled, location.origin);
  for (const [name, value] of Object.entries(params.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
  const sent = new Headers({ ...headers, "Accept-Language": activeLanguage() });
  for (const [name, value] of Object.entries(params.header ?? {})) if (value !== undefined) sent.set(name, String(value));
  if (method !== "GET") {
    // One key for one call: sent again after signing in, it is the same act.
    if (!sent.has("Idempotency-Key")) sent.set("Idempotency-Key", newKey());
    const version = versions.get(filled);
    if (version && method !== "POST" && !sent.has("If-Match")) sent.set("If-Match", version);
    if (body !== undefined) sent.set("Content-Type", "application/json");
  }
  const request = new Request(url, { method, headers: sent, body: body === undefined ? undefined : JSON.stringify(body) });
  const again = request.clone();
  let response = await reach(request);
  if (response.status === 401 && path !== "/session") {
    await whenExpired();
    response = await reach(again);
  }
  const json = /json/.test(response.headers.get("Content-Type") ?? "");
  const text = await response.text();
  if (!response.ok) {
    const none: Problem = {
      type: "about:blank",
      code: "fault",
      title: response.statusText || String(response.status),
      status: response.status,
    };
    throw new Refused(json ? (JSON.parse(text) as Problem) : none);
  }
  const tag = response.headers.get("ETag");
  if (tag) versions.set(filled, tag);
  return { data: text === "" ? undefined : json ? JSON.parse(text) : text, response };
}

const by =
  (method: string) =>
  (path: string, asked?: Asked): Promise<unknown> =>
    call(method, path, asked);

/**
 * The fund's contract, typed by openapi-fetch, whose 2 KB of program are not needed for it. Writes get an
 * Idempotency-Key and, where the thing was read before, If-Match; every request names the page's language.
 * What is refused is thrown as Refused, so data is always there where the contract has a body.
 */
export const client = { GET: by("GET"), POST: by("POST"), PUT: by("PUT"), PATCH: by("PATCH"), DELETE: by("DELETE") } as unknown as Pick<
  Client<paths>,
  "GET" | "POST" | "PUT" | "PATCH" | "DELETE"
>;

/** The version of an address that was read, for a draft that must say on what it builds. */
export const versionOf = (path: string): string | undefined => versions.get(base + path);

/** Reads and writes what the contract does not have yet. New pages use client. */
export async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
  return (await call(method, path, { body })).data as T;
}
