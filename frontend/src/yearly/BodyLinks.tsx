import { Link } from "wouter";
import { useRead } from "../api/read";
import { useMayBegin } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useWords } from "../words/i18n";
import type { Year } from "./data";

/** From the body's decisions to what they ask, what approvals would do, and how the body worked: as far as one reads it. */
export default function BodyLinks() {
  const { t } = useWords();
  const asks = useMayBegin("followup.read");
  const weighs = useMayBegin("portfolio.read");
  const reads = useMayBegin("yearly-review.read");
  const years = useRead<Year[]>("/body/reviews", {}, reads).data ?? []; // none to an organisation that is not of the Executive Committee
  const links = [
    { to: "/follow-ups", on: asks },
    { to: "/portfolio", on: weighs },
    { to: "/reviews", on: years.length > 0 },
  ].filter((l) => l.on);
  return links.map((l) => (
    <Link key={l.to} href={l.to} className={styles.link}>
      {t(`yearly.to${l.to.replace("/", "-")}`)}
    </Link>
  ));
}
