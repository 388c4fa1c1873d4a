import type { ReactNode } from "react";
import { Link } from "wouter";
import { Amount } from "../money/Amount";
import styles from "./Office.module.css";
import type { Money } from "./office";

export type Fact = { name: string; value: ReactNode; figure?: boolean; tone?: "warn" | "good" | undefined };

/** A few facts in a row, names above what they are. */
export function Facts({ facts, live }: { facts: Fact[]; live?: boolean }) {
  return (
    <dl className={styles.facts} aria-live={live ? "polite" : undefined}>
      {facts.map((f) => (
        <div key={f.name} className={`${styles.fact} ${f.tone ? styles[f.tone] : ""}`}>
          <dt className={styles.factName}>{f.name}</dt>
          <dd className={f.figure ? styles.figure : styles.factText}>{f.value}</dd>
        </div>
      ))}
    </dl>
  );
}

export const Sum = ({ of, strong, named }: { of: Money; strong?: boolean; named?: boolean }) => (
  <Amount value={of.amount} currency={named ? of.currency : undefined} {...(strong ? { strong } : {})} />
);

/** A way to another page that looks like the act it begins. */
export const ButtonLink = ({ href, main, children }: { href: string; main?: boolean; children: ReactNode }) => (
  <Link href={href} className={`${styles.button} ${main ? styles.mainButton : ""}`}>
    {children}
  </Link>
);

/** Text that people wrote: its own direction, its language unknown. */
export const Written = ({ children }: { children: string }) => (
  <span dir="auto" lang="">
    {children}
  </span>
);
