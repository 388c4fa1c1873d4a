import { lazy, Suspense } from "react";
import type { Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { formatAmount } from "../money/money";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { type Scores, whole } from "./sheet";

// Off the line the scores stand without it.
const Beside = lazy(() => import("./Beside").catch(() => ({ default: (() => null) as never })));

/** All scores, one's own first, and what they come to; criterion by criterion beside them. */
export default function Result({ sheet, rules, call }: { sheet: Scores; rules: Rules; call: string }) {
  const { t, language } = useWords();
  if (sheet.blind) return <p className={styles.card}>{t("assess.blind")}</p>;
  if (sheet.scores.length === 0 && !sheet.recused) return <p className={styles.card}>{t("assess.nobody")}</p>;
  const ordered = [...sheet.scores].sort((a, b) => Number(b.own) - Number(a.own));
  const number = (text: string) => formatAmount(whole(text), language);
  return (
    <section className={styles.stack}>
      <div className={`${styles.note} ${styles.calm}`}>
        <p>
          {t(sheet.total_by === "mean-of-assessors" ? "assess.mean" : "assess.sum", {
            total: number(sheet.total ?? "0"),
            count: sheet.scores.length,
          })}
        </p>
        <p>{t(sheet.assessed ? "assess.enough" : "assess.not-enough", { least: rules.scoring.minimum_assessors })}</p>
      </div>
      <DataTable
        caption={t("assess.totals")}
        rows={ordered}
        id={(s) => s.seat}
        tone={(s) => (s.own ? "chosen" : undefined)}
        columns={[
          { key: "seat", head: t("assess.seat"), heads: true, cell: (s) => (s.own ? t("assess.mine", { seat: s.seat }) : s.seat) },
          { key: "total", head: t("assess.total"), kind: "number", cell: (s) => number(s.total) },
          { key: "comment", head: t("assess.comment"), cell: (s) => <span dir="auto">{s.comment}</span> },
        ]}
      />
      <Suspense>
        <Beside {...{ sheet, rules, call, ordered }} />
      </Suspense>
    </section>
  );
}
