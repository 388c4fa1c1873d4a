import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

/** One thing that waits on the hat that is worn, found from facts by the server. */
export type Waiting = components["schemas"]["Task"];

/** What waits, the nearest end first. Each kind has its sentence in words/…/tasks.po (waiting.…). */
export const useTasks = () =>
  useQuery({ queryKey: ["tasks"], queryFn: async () => (await client.GET("/tasks")).data?.tasks ?? [], refetchOnWindowFocus: true });

/** How many notices one has not read. */
export const useUnread = () =>
  useQuery({
    queryKey: ["notices", "unread"],
    queryFn: async () => (await client.GET("/notices", { params: { query: { limit: 1 } } })).data?.unread ?? 0,
  });
