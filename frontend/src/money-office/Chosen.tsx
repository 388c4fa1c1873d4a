import { lazy, type RefObject, Suspense, useEffect, useState } from "react";
import { Amount } from "../money/Amount";
import { formatAmount, isZero } from "../money/money";
import { Button } from "../ui/Button/Button";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import styles from "./Reconcile.module.css";
import { less, total } from "./reckon";
import type { Left, Line, Movement } from "./reconcile";

const ReasonDialog = lazy(async () => ({ default: (await import("./ReasonDialog")).ReasonDialog }));

/** What is chosen on both sides; Match opens at a difference of nothing and at no other. */
export function Chosen({
  lines,
  movements,
  currency,
  left,
  onDone,
  register,
}: {
  lines: ReadonlyMap<string, Line>;
  movements: ReadonlyMap<number, Movement>;
  currency: string;
  /** What is still to be explained: in sight here where the page is too small for it above. */
  left: Left;
  onDone: () => void;
  register: RefObject<() => void>;
}) {
  const { t, language } = useWords();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const bank = total(
    [...lines.values()].map((l) => l.amount.amount),
    currency,
  );
  const books = total(
    [...movements.values()].map((m) => m.amount.amount),
    currency,
  );
  const difference = less(bank, books, currency);
  const n = lines.size + movements.size;
  const ready = n > 1 && isZero(difference);
  useEffect(() => {
    register.current = () => {
      if (ready) setAsking(true);
      else
        toast(
          n < 2
            ? t("reconcile.match-choose")
            : t("reconcile.match-not-yet", { difference: `${currency} ${formatAmount(difference, language)}` }),
        );
    };
  }, [register, ready, n, difference, currency, language, t, toast]);
  return (
    <section className={`${styles.bar} ${n > 0 ? styles.choosing : ""}`} data-bar aria-label={t("reconcile.chosen")}>
      <dl className={styles.sums} aria-live="polite">
        <div className={`${styles.left} ${left.count === 0 ? styles.zero : styles.rest}`}>
          <dt className={styles.name}>{t("reconcile.left", { count: left.count })}</dt>
          <dd>
            <Amount value={left.sum} />
          </dd>
        </div>
        <div className={styles.chosenSum}>
          <dt className={styles.name}>{t("reconcile.chosen-lines", { count: lines.size })}</dt>
          <dd>
            <Amount value={bank} />
          </dd>
        </div>
        <div className={styles.chosenSum}>
          <dt className={styles.name}>{t("reconcile.chosen-movements", { count: movements.size })}</dt>
          <dd>
            <Amount value={books} />
          </dd>
        </div>
        <div className={`${styles.apart} ${n === 0 ? "" : isZero(difference) ? styles.zero : styles.rest}`}>
          <dt className={styles.name}>{t("reconcile.chosen-difference")}</dt>
          <dd>
            <Amount value={difference} />
          </dd>
        </div>
      </dl>
      <div className={styles.barActs}>
        {n > 0 && (
          <Button tone="quiet" className={styles.none} onClick={onDone}>
            <span>{t("reconcile.choose-none")}</span>
          </Button>
        )}
        <Button tone="main" className={styles.matchIt} disabled={!ready} onClick={() => setAsking(true)}>
          {t("reconcile.match-chosen")}
        </Button>
      </div>
      {asking && (
        <Suspense>
          <ReasonDialog
            title={t("reconcile.match-title")}
            lead={t("reconcile.match-lead", {
              lines: lines.size,
              movements: movements.size,
              sum: `${currency} ${formatAmount(bank, language)}`,
            })}
            act={t("reconcile.match-chosen")}
            tone="main"
            path="/matches"
            more={{ lines: [...lines.keys()], postings: [...movements.keys()] }}
            onDone={() => {
              toast(t("reconcile.matched-done"));
              onDone();
            }}
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
