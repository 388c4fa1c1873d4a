import { useQueryClient } from "@tanstack/react-query";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Hat, sessionQuery, wearHat } from "./session";

/** Puts another hat on; tells whether that was done. What was read under the old one goes: another hat sees other things. */
export function useWear() {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  return async (membership: string) => {
    try {
      const now = await wearHat(membership);
      queries.removeQueries({ predicate: (q) => q.queryKey[0] !== "session" });
      queries.setQueryData(sessionQuery.queryKey, now);
      return true;
    } catch (refused) {
      toast(refused instanceof Error && refused.message !== "unreached" ? refused.message : t("shell.no-line"));
      return false;
    }
  };
}

/** A hat in words: the role, and for whom. */
export function useHatName() {
  const { t } = useWords();
  return (h: Hat) => (h.name ? t("shell.hat", { role: t(`role.${h.role}`), organisation: h.name }) : t(`role.${h.role}`));
}
