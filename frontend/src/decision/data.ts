import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { useSession } from "../shell/session";
import { useWords } from "../words/i18n";

type Schemas = components["schemas"];
export type Question = Schemas["Question"];
export type Arithmetic = Schemas["Arithmetic"];
export type Meeting = Schemas["MeetingFile"];
export type Rules = Schemas["Rules"];
export type Money = Schemas["Money"];

/** What is under way is looked at again so often. */
export const soon = 4000;

/** The rules in force, or those of the version that a case runs under: they never change. */
export const useRules = (version?: number) =>
  useQuery({
    queryKey: ["charter", version ?? 0],
    queryFn: async () => (await client.GET("/charter", { params: { query: version ? { version } : {} } })).data!.rules,
    staleTime: version ? Number.POSITIVE_INFINITY : 600_000,
  });

/** A name of the charter in the page's language, else in English. */
export const named = (names: Record<string, string> | undefined, language: string, key: string) => names?.[language] ?? names?.en ?? key;

/** What people call a kind of interest: as the charter does, but for the one that follows from whose hands a proposal has been in. */
export function useInterestName(rules: Rules | undefined) {
  const { t, language } = useWords();
  return (kind: string) =>
    kind === "worked-on" ? t("interests.worked-on") : named(rules?.interests.find((i) => i.key === kind)?.name, language, kind);
}

/** Who holds the seats today, for their names. */
export const useSeats = () =>
  useQuery({ queryKey: ["seats"], queryFn: async () => (await client.GET("/seats")).data!, staleTime: 300_000 });

/** Whether policy lets the hat that is worn do an act at all: for what is begun, where there is nothing yet that says `may`. */
export function useMayBegin(act: string): boolean {
  const { data: session } = useSession();
  const { data } = useQuery({
    queryKey: ["policy"],
    queryFn: async () => (await client.GET("/policy")).data!,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.some((line) => line.act === act && line.role === session?.hat?.role) ?? false;
}

export const useMeeting = (id: string, often = soon) =>
  useQuery({
    queryKey: ["meeting", id],
    queryFn: async () => (await client.GET("/meetings/{id}", { params: { path: { id } } })).data!,
    enabled: id !== "none",
    refetchInterval: (query) => {
      const state = query.state.data?.state;
      return state !== "closed" && state !== "cancelled" && (state === "open" ? often : soon);
    },
  });

export const questionQuery = (id: string) => ({
  queryKey: ["question", id],
  queryFn: async () => (await client.GET("/questions/{id}", { params: { path: { id } } })).data!,
});

export const underWay = (state: string) => state === "listed" || state === "open";

export const useQuestion = (id: string, often = soon) =>
  useQuery({ ...questionQuery(id), refetchInterval: (query) => (query.state.data && !underWay(query.state.data.state) ? false : often) });

export const useArithmetic = (question: Question | undefined) =>
  useQuery({
    queryKey: ["question", question?.id, "arithmetic"],
    queryFn: async () => (await client.GET("/questions/{id}/arithmetic", { params: { path: { id: question!.id } } })).data!,
    enabled: question !== undefined && !question.hidden,
    refetchInterval: question && underWay(question.state) ? soon : false,
  });
