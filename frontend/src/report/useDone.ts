import { useQueryClient } from "@tanstack/react-query";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** What follows an act on a programme's end: it is said, and the pages read anew. */
export function useDone(said: string, sent?: () => Promise<void>) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  return async () => {
    await sent?.();
    toast(t(said));
    await Promise.all([["reports"], ["programme"], ["programmes"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
}
