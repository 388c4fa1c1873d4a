import type { ReactNode } from "react";
import { Checkbox } from "react-aria-components/Checkbox";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Cell, Column as Head, Row, type Selection, Table, TableBody, TableHeader } from "react-aria-components/Table";
import { useWords } from "../../words/i18n";
import type { Column } from "./DataTable";
import styles from "./DataTable.module.css";

export type ChoiceTableProps<R> = {
  label: string;
  columns: Column<R>[];
  rows: R[];
  id: (row: R) => string;
  chosen: ReadonlySet<string>;
  onChoose: (chosen: Set<string>) => void;
  /** Rows that cannot be chosen, such as those matched already. */
  shut?: (row: R) => boolean;
  empty?: ReactNode;
};

/** A table in which rows are chosen: arrow keys move, space chooses, shift reaches on (React Aria's grid). */
export function ChoiceTable<R extends object>({ label, columns, rows, id, chosen, onChoose, shut, empty }: ChoiceTableProps<R>) {
  const { t, language } = useWords();
  const open = rows.filter((r) => !shut?.(r)).map(id);
  return (
    <I18nProvider locale={{ en: "en-GB", fr: "fr-FR", es: "es-ES", ar: "ar-AE", ru: "ru-RU", zh: "zh-CN" }[language]}>
      <div className={styles.scroll}>
        <Table
          aria-label={label}
          className={styles.table}
          selectionMode="multiple"
          selectedKeys={chosen}
          disabledKeys={rows.filter((r) => shut?.(r)).map(id)}
          onSelectionChange={(keys: Selection) => onChoose(keys === "all" ? new Set(open) : new Set([...keys].map(String)))}
        >
          <TableHeader>
            <Head className={styles.box}>
              <Box />
            </Head>
            {columns.map((c, i) => (
              <Head
                key={c.key}
                id={c.key}
                isRowHeader={c.heads ?? (i === 0 && !columns.some((d) => d.heads))}
                className={styles[c.kind ?? "text"]}
              >
                {c.head}
              </Head>
            ))}
          </TableHeader>
          <TableBody renderEmptyState={() => <div className={styles.empty}>{empty ?? t("table.empty")}</div>}>
            {rows.map((row) => (
              <Row key={id(row)} id={id(row)} className={styles.row}>
                <Cell className={styles.box}>
                  <Box />
                </Cell>
                {columns.map((c) => (
                  <Cell key={c.key} className={styles[c.kind ?? "text"]}>
                    {c.cell(row)}
                  </Cell>
                ))}
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
    </I18nProvider>
  );
}

function Box() {
  return (
    <Checkbox slot="selection" className={styles.hit}>
      {({ isSelected, isIndeterminate }) => (
        <span className={styles.check}>
          <svg width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="2.2" aria-hidden="true">
            {isIndeterminate ? <path d="M2 6h8" /> : isSelected ? <path d="M1.5 6.5 4.5 9.5 10.5 2.5" /> : null}
          </svg>
        </span>
      )}
    </Checkbox>
  );
}
