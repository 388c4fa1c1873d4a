import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { shelve } from "../draft/shelf";
import { formatInstant, readersZone } from "../time/dates";
import { useWords } from "../words/i18n";
import styles from "./Offline.module.css";

/** Keeps the signed-in pages standing while the line is down, and says then how old they are. */
export default function Offline() {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [since, setSince] = useState<Date | null>(null);
  useEffect(() => {
    // Only the built program has a worker; where there is none, a page is shown while its line holds.
    const keep = () => void navigator.serviceWorker?.register("/app/sw.js").catch(() => {});
    if (import.meta.env.MODE === "production") {
      keep();
      window.addEventListener("online", keep); // the line went before all was kept
    }
    const stop = shelve(queries, setSince);
    return () => {
      window.removeEventListener("online", keep);
      stop();
    };
  }, [queries]);
  return (
    <div role="status" className={styles.strip}>
      {since && <p>{t("offline.shown", formatInstant(since, readersZone(), language))}</p>}
    </div>
  );
}
