import { type ReactNode, useMemo, useState } from "react";
import { minor } from "../../money/money";
import { useWords } from "../../words/i18n";
import styles from "./DataTable.module.css";

export type Column<R> = {
  key: string;
  head: ReactNode;
  cell: (row: R) => ReactNode;
  /** What the column is sorted by; without it, it is not. An amount is compared exactly. */
  by?: (row: R) => string | number;
  kind?: "text" | "amount" | "number";
  /** The column that names its row. */
  heads?: boolean;
  /** Its value says what it is: where rows are cards it stands in a line with others of its kind, without its column's name. */
  plain?: boolean;
};

export type Sort = { key: string; down: boolean };

export type DataTableProps<R> = {
  caption: ReactNode;
  captionUnseen?: boolean;
  columns: Column<R>[];
  rows: R[];
  id: (row: R) => string;
  start?: Sort;
  /** Said in place of rows, with the next step where there is one. */
  empty?: ReactNode;
  foot?: ReactNode;
  tone?: (row: R) => "chosen" | "warn" | undefined;
  /** Where the server sorts: what it sorted by, and who asks it for another order. Rows keep theirs. */
  order?: { by: Sort | undefined; ask: (sort: Sort) => void };
  /** Where rows are chosen, with boxes of the browser's own. */
  choice?: { chosen: ReadonlySet<string>; choose: (chosen: Set<string>) => void; name: (row: R) => string; all: string };
};

/** Rows in the order of a column; equal ones keep theirs. */
export function sorted<R>(rows: R[], columns: Column<R>[], sort: Sort | undefined, language: string): R[] {
  const column = columns.find((c) => c.key === sort?.key);
  if (!sort || !column?.by) return rows;
  const by = column.by;
  const words = new Intl.Collator(language, { numeric: true });
  const compare = (a: R, b: R) => {
    const x = by(a);
    const y = by(b);
    if (column.kind === "amount") {
      const d = minor(String(x), 3) - minor(String(y), 3);
      return d < 0n ? -1 : d > 0n ? 1 : 0;
    }
    return typeof x === "number" && typeof y === "number" ? x - y : words.compare(String(x), String(y));
  };
  const out = [...rows].sort((a, b) => (sort.down ? compare(b, a) : compare(a, b)));
  return out;
}

/** A table to read: the browser's own, with a caption, a head that stays in sight, and columns that sort. */
export function DataTable<R>({ caption, captionUnseen, columns, rows, id, start, empty, foot, tone, order, choice }: DataTableProps<R>) {
  const { t, language } = useWords();
  const [own, setOwn] = useState(start);
  const sort = order ? order.by : own;
  const setSort = order ? order.ask : setOwn;
  const shown = useMemo(() => (order ? rows : sorted(rows, columns, sort, language)), [order, rows, columns, sort, language]);
  const choose = (ids: string[], on: boolean) =>
    choice?.choose(new Set(on ? [...choice.chosen, ...ids] : [...choice.chosen].filter((x) => !ids.includes(x))));
  // A long table scrolls in its own box; on a phone a row of many columns is a card, each cell under its column's name. Where
  // most values speak for themselves the card is dense, and a table too wide for a tablet is cards there too.
  const cards = columns.some((c) => c.plain) ? styles.dense : columns.length > 2 && !foot && styles.cards;
  const around = [styles.scroll, shown.length > 60 && styles.tall, cards].filter(Boolean).join(" ");
  const head = (c: Column<R>) => (typeof c.head === "string" ? c.head : undefined);
  return (
    // Where a wide table scrolls sideways, the keyboard must reach it.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls takes the focus
    <section className={around} tabIndex={0} aria-label={typeof caption === "string" ? caption : undefined}>
      <table className={styles.table}>
        <caption className={captionUnseen ? "unseen" : styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {choice && (
              <th className={styles.box}>
                <input
                  type="checkbox"
                  aria-label={choice.all}
                  checked={shown.length > 0 && shown.every((r) => choice.chosen.has(id(r)))}
                  onChange={(e) => choose(shown.map(id), e.target.checked)}
                />
              </th>
            )}
            {columns.map((c) => {
              const here = sort?.key === c.key;
              return (
                <th
                  key={c.key}
                  scope="col"
                  className={styles[c.kind ?? "text"]}
                  aria-sort={here ? (sort.down ? "descending" : "ascending") : undefined}
                >
                  {c.by ? (
                    <button type="button" className={styles.sort} onClick={() => setSort({ key: c.key, down: here ? !sort.down : false })}>
                      {c.head}
                      <span aria-hidden="true" className={styles.arrow}>
                        {here ? (sort.down ? "▼" : "▲") : "↕"}
                      </span>
                    </button>
                  ) : (
                    c.head
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.length === 0 && (
            <tr>
              <td colSpan={columns.length + (choice ? 1 : 0)} className={styles.empty}>
                {empty ?? t("table.empty")}
              </td>
            </tr>
          )}
          {shown.map((row) => (
            <tr key={id(row)} className={styles[tone?.(row) ?? ""]}>
              {choice && (
                <td className={styles.box}>
                  <input
                    type="checkbox"
                    aria-label={choice.name(row)}
                    checked={choice.chosen.has(id(row))}
                    onChange={(e) => choose([id(row)], e.target.checked)}
                  />
                </td>
              )}
              {columns.map((c) =>
                c.heads ? (
                  <th key={c.key} scope="row" className={styles[c.kind ?? "text"]}>
                    {c.cell(row)}
                  </th>
                ) : (
                  <td key={c.key} className={styles[c.kind ?? "text"]} data-head={c.plain ? undefined : head(c)}>
                    {c.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
    </section>
  );
}
