import { Link } from "wouter";
import { bringArea, useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";

// Few items are carried over: their page has no room for these words itself.
await bringArea("ending");

/** Where an item of the agenda comes from, that an earlier meeting did not reach. */
export default function CarriedFrom({ from }: { from: NonNullable<Meeting["agenda"][number]["carried_from"]> }) {
  const { t } = useWords();
  return (
    <p className={styles.quiet}>
      <Link href={`/meetings/${from.meeting}`}>{t("ending.carried-from", { ref: from.ref, number: from.item })}</Link>
    </p>
  );
}
