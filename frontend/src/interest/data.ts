import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import type { components } from "../api/schema";

export type Standing = components["schemas"]["StandingInterest"];

export const standingKey = ["standing-interests"];

/** The register of standing interests, as far as the reader sees it. */
export const useStanding = () => useQuery({ queryKey: standingKey, queryFn: async () => (await client.GET("/standing-interests")).data! });
