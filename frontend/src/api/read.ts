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

/** What is read from an address; the key is the address, what was asked of it, and the language that it answers in. */
export const useRead = <T>(path: string, query: Record<string, unknown> = {}, on = true) =>
  useQuery({ queryKey: [path, query, activeLanguage()], queryFn: () => read<T>(path, query), enabled: on });
