import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { soon } from "../decision/data";

export type Silence = components["schemas"]["Silence"];
export type Remark = components["schemas"]["Remark"];

/** The questions in writing: those that run first, by their end. */
export const useSilences = () =>
  useQuery({ queryKey: ["question", "silences"], queryFn: async () => (await client.GET("/silences")).data!, refetchInterval: 10 * soon });

/** What was asked and answered about one of them. */
export const useThread = (question: string) =>
  useQuery({
    queryKey: ["question", question, "thread"],
    queryFn: async () => (await client.GET("/questions/{id}/thread", { params: { path: { id: question } } })).data!,
    refetchInterval: 5 * soon,
  });
