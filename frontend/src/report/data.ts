import { type QueryClient, useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";
import type { Versioned } from "../draft/useDraft";
import type { ProposalForm } from "../proposal/proposal";
import type { Tone } from "../ui/Tag/Tag";

export type Report = components["schemas"]["Report"];
export type Line = components["schemas"]["ReportLine"];
export type Indicator = components["schemas"]["ReportIndicator"];
export type Reached = components["schemas"]["Reached"];
export type OutputState = components["schemas"]["OutputState"];
export type ReportState = components["schemas"]["ReportState"];

/** All that a draft says; it is saved whole. */
export type Content = components["schemas"]["ReportContent"];

export const outputStates: OutputState[] = ["not-begun", "under-way", "delivered", "dropped"];

export const tones: Record<ReportState, Tone> = { open: "plain", draft: "plain", submitted: "link", returned: "warn", accepted: "good" };

export const contentOf = ({ language, results, outputs, answers }: Report): Content => ({ language, results, outputs, answers });

export const reportingKey = (programme: string) => ["reports", programme];
export const reportKey = (programme: string, key: string) => ["reports", programme, key];

export const useReporting = (programme: string) =>
  useQuery({
    queryKey: reportingKey(programme),
    queryFn: async () => (await client.GET("/programmes/{id}/reports", { params: { path: { id: programme } } })).data!,
  });

export async function readReport(programme: string, key: string): Promise<Report> {
  return (await client.GET("/programmes/{id}/reports/{key}", { params: { path: { id: programme, key } } })).data!;
}

export const useReport = (programme: string, key: string, language: string) =>
  useQuery({
    // What is missing is said in the reader's language: another language is another answer.
    queryKey: [...reportKey(programme, key), language],
    queryFn: () => readReport(programme, key),
  });

export async function saveReport(
  queries: QueryClient,
  { programme, key, language }: { programme: string; key: string; language: string },
  value: Content,
  version: number,
): Promise<Versioned<Content>> {
  const { data } = await client.PUT("/programmes/{id}/reports/{key}", {
    params: { path: { id: programme, key }, header: { "If-Match": `"${version}"` } },
    body: value,
  });
  queries.setQueryData([...reportKey(programme, key), language], data);
  return { value: contentOf(data!), version: data!.version };
}

/** The form that reports are written on; once released it never changes. */
export const useReportForm = (n: number | undefined) =>
  useQuery({
    queryKey: ["form", "report", n],
    enabled: n !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (await client.GET("/forms/{phase}/versions/{n}", { params: { path: { phase: "report", n: n! } } })).data as ProposalForm,
  });
