import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { formatAmount } from "../money/money";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { type Given, type Scores, whole } from "./sheet";

/** All scores, one's own first, criterion by criterion. */
export default function Result({ sheet, rules }: { sheet: Scores; rules: Rules }) {
  const { t, language } = useWords();
  if (sheet.blind) return <p className={styles.card}>{t("assess.blind")}</p>;
  if (sheet.scores.length === 0) return <p className={styles.card}>{t("assess.nobody")}</p>;
  const ordered = [...sheet.scores].sort((a, b) => Number(b.own) - Number(a.own));
  const number = (text: string) => formatAmount(whole(text), language);
  const criteria = rules.scoring.criteria;
  const points = (s: Given, key: string) => {
    const given = s.points[key];
    return given?.points ?? null;
  };
  return (
    <section className={styles.stack}>
      <div className={`${styles.note} ${styles.calm}`}>
        <p>
          {t(rules.scoring.total === "mean-of-assessors" ? "assess.mean" : "assess.sum", {
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
      <DataTable
        caption={t("assess.by-criterion")}
        rows={criteria}
        id={(k) => k.key}
        columns={[
          { key: "name", head: t("assess.criterion"), heads: true, cell: (k) => named(k.name, language, k.key) },
          ...ordered.map((s) => ({
            key: s.seat,
            head: s.own ? t("assess.mine", { seat: s.seat }) : s.seat,
            kind: "number" as const,
            cell: (k: (typeof criteria)[number]) => points(s, k.key) ?? <span title={s.points[k.key]?.reason}>{t("assess.na-short")}</span>,
          })),
        ]}
      />
    </section>
  );
}
