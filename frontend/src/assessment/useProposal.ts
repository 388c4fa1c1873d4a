import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";

/** A proposal as whoever has it before them reads it. */
export const useProposal = (id: string, enabled = true) =>
  useQuery({
    queryKey: ["proposal", id],
    queryFn: async () => (await client.GET("/proposals/{id}", { params: { path: { id } } })).data!,
    enabled,
  });
