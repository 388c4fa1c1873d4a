import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Screenings = components["schemas"]["Screenings"];
export type Finding = Screenings["findings"][number];
export type Point = Finding["points"][number];

/** Under the proposal's own key: whoever invalidates the proposal has its findings read again. */
export const screeningsKey = (id: string) => ["proposal", id, "screenings"];

/** Every finding on a proposal, the latest first, and what the reader may do about it. */
export const useScreenings = (id: string) =>
  useQuery({
    queryKey: screeningsKey(id),
    queryFn: async () => (await client.GET("/proposals/{id}/screenings", { params: { path: { id } } })).data!,
  });

/** The sections of the form that a proposal is written on; a released form never changes. */
export const useSections = (phase: "concept" | "document", n: number) =>
  useQuery({
    queryKey: ["form-sections", phase, n],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await client.GET("/forms/{phase}/versions/{n}", { params: { path: { phase, n } } })).data!.sections,
  });

/** Places of a proposal that stand in no section of its form. */
export const outside = ["endorsements", "attachments"] as const;

/** A point as it is written: place is a section's key, or what stands beside the form with a stroke before it. */
export type NewPoint = { place: string; todo: string };
export const noPoint: NewPoint = { place: "", todo: "" };
