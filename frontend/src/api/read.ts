import { useQuery } from "@tanstack/react-query";
import { activeLanguage } from "../words/i18n";
import { client } from "./client";

type Loose = (
  path: string,
  asked?: { body?: unknown; headers?: Record<string, string>; params?: { query?: Record<string, unknown> } },
) => Promise<{ data: unknown; response: Response }>;
/** The client by any address of the contract: who asks says what the answer is. */
export const loose = client as unknown as Record<"GET" | "POST" | "PUT", Loose>;

/** Reads one answer of the contract, typed by its reader. */
export const read = async <T>(path: string, query: Record<string, unknown> = {}): Promise<T> =>
  (await loose.GET(path, { params: { query } })).data as T;

/**
 * What is read from an address; the key is the address, what was asked of it, and the language that it answers in.
 * While the same address is asked for something else (another day), what it said before stays.
 */
export const useRead = <T>(path: string, query: Record<string, unknown> = {}, on = true) =>
  useQuery({
    queryKey: [path, query, activeLanguage()],
    queryFn: () => read<T>(path, query),
    enabled: on,
    placeholderData: same(path) as never, // the library's type asks that T is no function
  });

const same = (path: string) => (before: unknown, asked?: { queryKey: readonly unknown[] }) =>
  asked?.queryKey[0] === path ? before : undefined;
