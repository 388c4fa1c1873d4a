import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

/** One thing that waits on the hat that is worn, found from facts by the server. */
export type Waiting = components["schemas"]["Task"];

/** What waits, the nearest end first. Each kind has its sentence in words/…/tasks.po (waiting.…). */
export const useTasks = () =>
  useQuery({ queryKey: ["tasks"], queryFn: async () => (await client.GET("/tasks")).data?.tasks ?? [], refetchOnWindowFocus: true });
