import { Link } from "wouter";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Line, tones } from "./data";

/** How far a report has come and, where it is late, by how many days. */
export function Standing({ line }: { line: Pick<Line, "state" | "late_days" | "kind"> & { came_at?: string | null } }) {
  const { t } = useWords();
  return (
    <>
      {(line.state !== "open" || line.late_days === 0) && (
        <Tag tone={tones[line.state]}>
          {line.kind === "evaluation" ? t(`evaluation.state.${line.state}`) : t(`report.state.${line.state}`)}
        </Tag>
      )}{" "}
      {line.late_days > 0 && (
        <Tag tone={line.came_at ? "warn" : "bad"}>
          {line.came_at ? t("report.came-late", { count: line.late_days }) : t("report.overdue", { count: line.late_days })}
        </Tag>
      )}
    </>
  );
}

/** Whether a line has a page for the reader: what is written, or what is theirs to write. */
export const opens = (line: Line) => line.kind !== "evaluation" && (line.state !== "open" || line.writes);

/** What a report is called: the year, or the final one. */
export function useTitle() {
  const { t } = useWords();
  return ({ key, kind }: Pick<Line, "key" | "kind">) =>
    kind === "annual" ? t("report.annual", { year: key.slice("annual-".length) }) : t(`report.${kind}`);
}

/** The calendar of a programme's reports. */
export function Calendar({ programme, items }: { programme: string; items: Line[] }) {
  const { t } = useWords();
  const title = useTitle();
  return (
    <DataTable
      caption={t("reports.calendar")}
      captionUnseen
      rows={items}
      id={(l) => l.key}
      empty={t("reports.none")}
      columns={[
        {
          key: "report",
          head: t("reports.report"),
          heads: true,
          cell: (l) => (opens(l) ? <Link href={`/programmes/${programme}/reports/${l.key}`}>{title(l)}</Link> : title(l)),
        },
        {
          key: "period",
          head: t("reports.period"),
          cell: (l) =>
            l.from && l.to ? (
              <span>
                <Day value={l.from} short /> – <Day value={l.to} short />
              </span>
            ) : (
              t("reports.not-asked")
            ),
        },
        { key: "due", head: t("reports.due"), cell: (l) => l.due_on && <Day value={l.due_on} short /> },
        { key: "state", head: t("reports.state"), cell: (l) => <Standing line={l} /> },
      ]}
    />
  );
}
