import { type QueryClient, useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { Refused } from "../api/problem";
import type { components } from "../api/schema";
import type { Tone } from "../ui/Tag/Tag";

type Schemas = components["schemas"];
export type Clarifications = Schemas["Clarifications"];
export type Thread = Clarifications["clarifications"][number];
export type Entry = Thread["entries"][number];
export type Wish = Clarifications["wishes"][number];
export type Language = Schemas["Language"];
/** What is asked about: enough of a proposal for its places to have names. */
export type Asked = Pick<Schemas["Proposal"], "id" | "ref" | "phase" | "form" | "submission">;

/** Under the proposal's own key: whoever invalidates the proposal has its threads read again. */
export const clarificationsKey = (id: string) => ["proposal", id, "clarifications"];

/** What was asked about a proposal's submissions, the latest first; absent where it is not for the reader. */
export const useClarifications = (id: string) =>
  useQuery({
    queryKey: clarificationsKey(id),
    queryFn: async () => (await client.GET("/proposals/{id}/clarifications", { params: { path: { id } } })).data!,
    retry: false,
    refetchOnWindowFocus: true,
  });

/** Shows what an act made of the threads, and what it changed elsewhere. */
export function took(queries: QueryClient, id: string, file: Clarifications) {
  queries.setQueryData(clarificationsKey(id), file);
  for (const key of ["tasks", "notices"]) void queries.invalidateQueries({ queryKey: [key] });
}

export type Advice = Schemas["Advice"];
export type AdviceRequest = Schemas["AdviceRequest"];
export type AdviceWord = Schemas["AdviceWord"];
/** What an adviser may say in short. */
export const adviceWords = ["advise", "with-reservations", "against", ""] as const;

export const adviceTones: Record<AdviceRequest["state"], Tone> = {
  waiting: "warn",
  given: "good",
  declined: "plain",
  withdrawn: "plain",
  lapsed: "plain",
};

export const adviceKey = (id: string) => ["proposal", id, "advice"];

/** What was asked of experts about a proposal, the latest first; absent where it is not for the reader. */
export const useAdvice = (id: string) =>
  useQuery({
    queryKey: adviceKey(id),
    queryFn: async () => (await client.GET("/proposals/{id}/advice", { params: { path: { id } } })).data!,
    retry: false,
  });

/** What is asked of the expert who reads, what waits first. */
export const useAdviceAsked = () =>
  useQuery({ queryKey: ["advice"], queryFn: async () => (await client.GET("/advice-requests")).data!, refetchOnWindowFocus: true });

/** Whether an answer says that something is not for the reader. */
export const hidden = (error: unknown) => error instanceof Refused && (error.status === 404 || error.status === 403);
