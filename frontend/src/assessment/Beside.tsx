import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { formatAmount } from "../money/money";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { bringArea, useWords } from "../words/i18n";
import { type Given, type Scores, whole } from "./sheet";

// It stands where scores are read, and nobody writes by it: it is not kept to work off the line.
await bringArea("assessors");

/** What stands beside scores and is applied to none: both rounds, how near the assessors are, and how each seat scored on the call. */
export default function Beside({ sheet, rules, call, ordered }: { sheet: Scores; rules: Rules; call: string; ordered: Given[] }) {
  const { t, language } = useWords();
  const number = (text: string) => formatAmount(whole(text), language);
  const again = (sheet.first ?? []).map((was) => ({ was, now: sheet.scores.find((s) => s.seat === was.seat)! }));
  const near = sheet.agreement;
  const criteria = rules.scoring.criteria;
  return (
    <section className={styles.stack}>
      {sheet.second_round && (
        <div className={styles.note}>
          <p>{t("beside.second")}</p>
          <p>
            <DateTime value={sheet.second_round.at} zone={fund.zone} />
          </p>
          <p dir="auto">{sheet.second_round.reason}</p>
          {sheet.awaits && <p>{t("beside.awaits")}</p>}
        </div>
      )}
      {again.length > 0 && (
        <>
          <p>{t("beside.was", { was: number(sheet.first_total ?? "0"), total: number(sheet.total ?? "0") })}</p>
          <DataTable
            caption={t("beside.both")}
            rows={again}
            id={(x) => x.was.seat}
            columns={[
              { key: "seat", head: t("beside.seat"), heads: true, cell: (x) => x.was.seat },
              { key: "first", head: t("beside.first"), kind: "number", cell: (x) => number(x.was.total) },
              { key: "second", head: t("beside.again"), kind: "number", cell: (x) => number(x.now.total) },
            ]}
          />
        </>
      )}
      {sheet.recused && (
        <>
          <DataTable
            caption={t("beside.recused")}
            rows={sheet.recused}
            id={(x) => x.seat}
            columns={[
              { key: "seat", head: t("beside.seat"), heads: true, cell: (x) => x.seat },
              { key: "total", head: t("beside.given"), kind: "number", cell: (x) => number(x.total) },
            ]}
          />
          <p className={styles.quiet}>{t("beside.recused-how")}</p>
        </>
      )}
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
            cell: (k: (typeof criteria)[number]) =>
              s.points[k.key]?.points ?? <span title={s.points[k.key]?.reason}>{t("assess.na-short")}</span>,
          })),
          {
            key: "steps",
            head: t("beside.spread"),
            kind: "number",
            cell: (k) => {
              const steps = near?.criteria.find((x) => x.criterion === k.key);
              return steps && steps.given > 0 ? t("beside.from-to", { least: steps.lowest, most: steps.highest }) : "–";
            },
          },
        ]}
      />
      {near && (
        <>
          <p>{near.of === "" ? t("beside.too-few") : t("beside.agreement", { of: number(near.of) })}</p>
          <p className={styles.quiet}>{t("beside.how", { count: near.comparisons, few: near.too_few })}</p>
        </>
      )}
      <Habits sheet={sheet} call={call} />
    </section>
  );
}

/** Each of these seats' mean and spread on the call. */
function Habits({ sheet, call }: { sheet: Scores; call: string }) {
  const { t, language } = useWords();
  const habits = useQuery({
    queryKey: ["scoring-habits", call],
    queryFn: async () => (await client.GET("/calls/{id}/scoring-habits", { params: { path: { id: call } } })).data!,
  }).data;
  if (!habits) return null;
  return (
    <>
      <DataTable
        caption={t("beside.habits")}
        rows={habits.seats.filter((h) => sheet.scores.some((s) => s.seat === h.seat))}
        id={(h) => h.seat}
        columns={[
          { key: "seat", head: t("beside.seat"), heads: true, cell: (h) => h.seat },
          { key: "scores", head: t("beside.scores"), kind: "number", cell: (h) => h.scores },
          { key: "mean", head: t("beside.mean"), kind: "number", cell: (h) => (h.mean ? formatAmount(h.mean, language) : t("beside.few")) },
          {
            key: "spread",
            head: t("beside.spread"),
            kind: "number",
            cell: (h) =>
              h.mean ? t("beside.from-to", { least: formatAmount(h.lowest, language), most: formatAmount(h.highest, language) }) : "–",
          },
        ]}
      />
      <p className={styles.quiet}>{t("assessors.shown", { count: habits.too_few })}</p>
    </>
  );
}
