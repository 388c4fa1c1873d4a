import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { contentOfFrozen } from "../proposal/proposal";

type Schemas = components["schemas"];

export type Team = Schemas["Team"];
export type Teammate = Team["members"][number];
export type Endorsements = Schemas["Endorsements"];
export type Paper = Schemas["Paper"];
export type FocalPoint = Schemas["FocalPoint"];
/** A state's note on which no focal point stands: it waits, or was not accepted. */
export type Note = Schemas["AccreditationNote"];

export const useNotes = () => useRead<Note[]>("/accreditation-notes");

/** Who works on a proposal. */
export const useTeam = (id: string) => useRead<Team>(`/proposals/${id}/team`);

/** What states, partners and the Resident Coordinator have said to it. */
export const useEndorsements = (id: string) => useRead<Endorsements>(`/proposals/${id}/endorsements`);

/** What an endorsement was given for, in the form of a draft. */
export const useEndorsed = (id: string, endorsement: string | undefined) =>
  useQuery({
    queryKey: ["proposal", id, "endorsed", endorsement],
    enabled: endorsement !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () =>
      contentOfFrozen(
        (
          await client.GET("/proposals/{id}/endorsements/{endorsement}/content", {
            params: { path: { id, endorsement: endorsement! } },
          })
        ).data,
      ),
  });
