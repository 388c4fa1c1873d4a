import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type Entry = Schemas["PipelineEntry"];
export type FactsBody = Schemas["PipelineFacts"];
export type Move = Schemas["PipelineMoveRequest"];

export const usePipeline = () => useQuery({ queryKey: ["pipeline"], queryFn: async () => (await client.GET("/pipeline")).data! });

export const useEditions = () =>
  useQuery({ queryKey: ["pipeline", "editions"], queryFn: async () => (await client.GET("/pipeline/editions")).data! });

/** Why the body takes a programme off; that it was funded here follows from the grant itself. */
export const reasons = ["funded-elsewhere", "withdrawn", "superseded", "not-pursued"] as const;
export const stages = ["concept-note", "in-preparation", "document-submitted"] as const;

/** Facts as they are typed: the amount beside what was written for it, partners one a line. */
export type Facts = {
  title: string;
  purpose: string;
  language: string;
  scope: string;
  region: string;
  states: string[];
  area: string;
  objectives: number[];
  organisations: string[];
  budget: string | null;
  typed: string;
  months: string;
  partners: string;
  stage: string;
};

export const noFacts = (language: string): Facts => ({
  title: "",
  purpose: "",
  language,
  scope: "national",
  region: "",
  states: [],
  area: "",
  objectives: [],
  organisations: [],
  budget: null,
  typed: "",
  months: "",
  partners: "",
  stage: "concept-note",
});

export const factsOf = (e: Entry): Facts => ({
  title: e.title,
  purpose: e.purpose,
  language: e.language,
  scope: e.scope,
  region: e.region,
  states: e.state_ids,
  area: e.area,
  objectives: e.objectives,
  organisations: e.organisation_ids,
  budget: e.budget?.amount ?? null,
  typed: e.budget?.amount ?? "",
  months: e.months > 0 ? String(e.months) : "",
  partners: e.partners.join("\n"),
  stage: e.stage,
});

/** What is sent; an amount that could not be read goes as it was typed, for the server to say why. */
export const bodyOf = (f: Facts, currency: string): FactsBody => {
  const { typed, budget, months, partners, ...rest } = f;
  const amount = budget ?? typed.trim();
  return {
    ...rest,
    budget: amount ? { amount, currency } : null,
    months: /^\d{1,4}$/.test(months.trim()) ? Number(months) : months.trim() ? -1 : 0,
    partners: partners.split("\n").flatMap((p) => p.trim() || []),
  };
};
