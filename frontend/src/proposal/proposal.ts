import { type QueryClient, useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { type Fault, fieldId } from "../api/problem";
import type { components } from "../api/schema";
import type { Versioned } from "../draft/useDraft";
import type { TaskState } from "../ui/TaskList/TaskList";
import type { Say } from "../words/i18n";

export type Proposal = components["schemas"]["Proposal"];
export type Call = components["schemas"]["Call"];
export type Rules = components["schemas"]["Rules"]["proposals"];
export type Organisation = components["schemas"]["Organisation"];
export type ProposalForm = components["schemas"]["Form"];
export type FormField = components["schemas"]["FormField"];
export type Lacks = components["schemas"]["Lacks"];
export type Stage = Proposal["stage"];
export type Mark = { code: string; reason: string };
export type Share = { organisation: string | null; amount: { amount: string; currency: string } | null };

/** All that a draft says; it is saved whole. */
export type Content = {
  title: string;
  summary: string;
  language: string;
  state: string | null;
  area: string;
  objectives: number[];
  markers: Record<string, Mark>;
  shares: Share[];
  scope: Proposal["scope"];
  other_states: string[];
  answers: Proposal["answers"];
  budget: Proposal["budget"];
};

export const proposalKey = (id: string) => ["proposal", id];
export const lacksKey = (id: string) => ["proposal", id, "lacks"];

export const useProposal = (id: string) =>
  useQuery({
    queryKey: proposalKey(id),
    queryFn: async () => (await client.GET("/proposals/{id}", { params: { path: { id } } })).data as Proposal,
    refetchOnWindowFocus: true,
  });

export const useLacks = (id: string, language: string) =>
  useQuery({
    // The sentences come in the reader's language: another language is another answer.
    queryKey: [...lacksKey(id), language],
    queryFn: async () => (await client.GET("/proposals/{id}/lacks", { params: { path: { id } } })).data as Lacks,
  });

/** The form that a proposal is written on; once released it never changes. */
export const useForm = (phase: Proposal["phase"] | undefined, n: number | undefined) =>
  useQuery({
    queryKey: ["form", phase, n],
    enabled: phase !== undefined && n !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      (await client.GET("/forms/{phase}/versions/{n}", { params: { path: { phase: phase!, n: n! } } })).data as ProposalForm,
  });

export const useCall = (id: string | undefined) =>
  useQuery({
    queryKey: ["call", id],
    enabled: id !== undefined,
    queryFn: async () => (await client.GET("/calls/{id}", { params: { path: { id: id! } } })).data as Call,
  });

/** The rules that a call or a proposal runs under; they never change. */
export const useRules = (version: number | undefined) =>
  useQuery({
    queryKey: ["charter", version, "proposals"], // a part: the whole is kept under the version alone
    enabled: version !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await client.GET("/charter", { params: { query: { version } } })).data!.rules, // as decision/data keeps them
    select: (all): Rules => all.proposals,
  });

/** What a proposal says, as a draft is saved. */
export function contentOf(p: Proposal): Content {
  return {
    title: p.title,
    summary: p.summary,
    language: p.language,
    state: p.state?.id ?? null,
    area: p.area,
    objectives: p.objectives,
    markers: Object.fromEntries(Object.entries(p.markers).map(([k, m]) => [k, { code: m.code ?? "", reason: m.reason ?? "" }])),
    shares: p.shares.map((s) => ({ organisation: s.organisation?.id ?? null, amount: s.amount })),
    scope: p.scope,
    other_states: p.other_states.map((s) => s.id),
    answers: p.answers,
    budget: p.budget,
  };
}

/** A frozen version as the server keeps it: the very text that was hashed. */
type Frozen = Omit<Content, "phase" | "form" | "shares" | "state" | "scope" | "other_states" | "answers" | "budget"> & {
  state: string;
  phase?: Proposal["phase"];
  form?: number;
  scope?: Content["scope"];
  other_states?: string[];
  answers?: Content["answers"];
  budget?: { organisation: string; line: string; year: number; amount: string }[];
  currency: string;
  shares: { organisation: string; amount: string }[];
};

/** A frozen version in the form of a draft. */
export function contentOfFrozen(raw: unknown): Content & { phase: Proposal["phase"]; form: number } {
  const f = raw as Frozen;
  return {
    phase: f.phase ?? "concept",
    form: f.form ?? 1,
    title: f.title,
    summary: f.summary,
    language: f.language,
    state: f.state || null,
    area: f.area,
    objectives: f.objectives,
    markers: f.markers,
    shares: f.shares.map((s) => ({
      organisation: s.organisation || null,
      amount: s.amount === "" ? null : { amount: s.amount, currency: f.currency },
    })),
    scope: f.scope ?? "national",
    other_states: f.other_states ?? [],
    answers: f.answers ?? {},
    budget: (f.budget ?? []).map((c) => ({ ...c, amount: { amount: c.amount, currency: f.currency } })),
  };
}

export const useVersion = (id: string, n: number | undefined) =>
  useQuery({
    queryKey: ["proposal", id, "version", n],
    enabled: n !== undefined && n > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => contentOfFrozen((await client.GET("/proposals/{id}/versions/{n}", { params: { path: { id, n: n! } } })).data),
  });

/** Saves a draft over the version it builds on, and lets every page of the proposal know. */
export async function saveContent(queries: QueryClient, id: string, value: Content, version: number): Promise<Versioned<Content>> {
  const { data } = await client.PUT("/proposals/{id}", {
    params: { path: { id }, header: { "If-Match": `"${version}"` } },
    body: value,
  });
  const saved = data as Proposal;
  queries.setQueryData(proposalKey(id), saved);
  void queries.invalidateQueries({ queryKey: lacksKey(id) });
  void queries.invalidateQueries({ queryKey: [`/proposals/${id}/endorsements`] });
  void queries.invalidateQueries({ queryKey: ["proposals"] });
  return { value: contentOf(saved), version: saved.version };
}

/** The pages of a proposal: its form's sections, and the three that every form has. */
export const tasksOf = (form: ProposalForm) => [...form.sections.map((s) => s.key), "attachments", "endorsement", "check"];

/** What a page is called. */
export const titleOf = (form: ProposalForm, task: string, t: Say, language: string) => {
  const section = form.sections.find((s) => s.key === task);
  return section ? named(section.title, language) : t(`task.${task}`);
};

/** The page that has the field; what has no field, such as a closed call, is said on the last page alone. */
export function taskOf(fault: Fault) {
  if (fault.code === "not-endorsed") return "endorsement";
  if (fault.field?.startsWith("/attachments")) return "attachments";
  return fault.section || "check";
}

/** Where each page stands: what is missing and what was begun is the server's to say; of the files, how far they are. */
export function statesOf(p: Proposal, lacks: Lacks | undefined, files: { state: string }[] = []): Record<string, TaskState> {
  return {
    ...Object.fromEntries(
      (lacks?.sections ?? []).map((s) => [s.section, s.missing === 0 ? "done" : s.begun ? "in-progress" : "not-started"] as const),
    ),
    attachments: files.length === 0 ? "not-started" : files.every((f) => f.state === "arrived") ? "done" : "in-progress",
    endorsement: p.endorsed ? "done" : p.state === null ? "cannot-start" : p.endorsement ? "in-progress" : "not-started",
    check: lacks === undefined || lacks.lacks.length > 0 ? "cannot-start" : "not-started",
  };
}

/** Where a fault is mended: its task's page, and the field there. */
export const placeOfFault = (id: string, fault: Fault) =>
  `/proposals/${id}/${taskOf(fault)}?check${fault.field && fault.code !== "not-endorsed" ? `#${fieldId(fault.field)}` : ""}`;

/** A name of the rules in the reader's language. */
export const named = (name: Record<string, string> | undefined, language: string) => name?.[language] ?? name?.en ?? "";
