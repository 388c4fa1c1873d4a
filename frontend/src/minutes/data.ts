import { useQueryClient } from "@tanstack/react-query";
import { loose, useRead } from "../api/read";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import type { Tone } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

type Schemas = components["schemas"];
export type Minutes = Schemas["Minutes"];
export type Says = Schemas["MinutesRecord"];
export type Item = Schemas["MinutedItem"];
export type Correction = Schemas["MinutesCorrection"];
export type Sending = Schemas["Sending"];
export type RecordSendings = Schemas["RecordSendings"];

export const tones: Record<Minutes["state"], Tone> = { none: "plain", drafted: "plain", circulated: "link", fixed: "good" };

export const useMinutes = (meeting: string) => useRead<Minutes>(`/meetings/${meeting}/minutes`);

/** An act that is posted to an address, and what is said once it is done. */
export function usePost<B>(path: string, said: string, done?: () => unknown) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  return useAct(
    async (key: string, body?: B) => loose.POST(path, { body, headers: { "Idempotency-Key": key } }),
    async () => {
      await done?.();
      toast(t(said));
      await queries.invalidateQueries();
    },
  );
}

/** The last second at which something may still be done, of the first at which it is over. */
export const lastOf = (over: string) => new Date(new Date(over).getTime() - 1000).toISOString();
