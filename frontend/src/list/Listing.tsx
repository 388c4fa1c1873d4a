import { type ReactNode, Suspense } from "react";
import { Trouble, Waiting } from "../shell/Trouble";
import { type Column, DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./Listing.module.css";
import { type Lists, useAsked, usePages } from "./pages";
import { Download, More, orderOf, SavedSearches, Typed } from "./parts";

/** A field that a list is narrowed by, with what its values are called. */
export type Narrow = { field: string; label: string; values: readonly string[]; called: (value: string) => string };

/** A list that the server searches, narrows, orders and gives page by page; what was asked stands in the address. */
export function Listing<R>({
  path,
  caption,
  columns,
  id,
  first,
  narrow = [],
  bounds = [],
  among = {},
  empty,
  tone,
}: {
  path: Lists;
  caption: string;
  /** A column that sorts has the server's name for its key. */
  columns: Column<R>[];
  id: (row: R) => string;
  /** The order that the list has by itself. */
  first: string;
  narrow?: Narrow[];
  /** Days and amounts that it is narrowed by, from and up to. */
  bounds?: { field: string; label: string; type: "date" | "text" }[];
  /** What the page is of, where it is not of all: said of a field until another is chosen. */
  among?: Record<string, string>;
  empty: ReactNode;
  tone?: (row: R) => "chosen" | "warn" | undefined;
}) {
  const { t } = useWords();
  const { asked, set, open, query } = useAsked(["q", "sort", ...[...narrow, ...bounds].map((n) => n.field)]);
  const list = usePages<R>(path, { ...among, ...asked });
  const narrowed = Object.keys(asked).some((k) => k !== "sort");
  return (
    <div className={styles.stack}>
      <search className={styles.seek}>
        <Typed id="q" label={t("rows.q")} type="search" value={asked.q ?? ""} done={(q) => set({ q })} />
        {narrow.map((n) => (
          <Choice
            key={n.field}
            id={n.field}
            label={n.label}
            value={asked[n.field] ?? ""}
            onChange={(e) => set({ [n.field]: e.target.value || undefined })}
          >
            <option value="">{t("rows.all")}</option>
            {n.values.map((v) => (
              <option key={v} value={v}>
                {n.called(v)}
              </option>
            ))}
          </Choice>
        ))}
        {bounds.length > 0 && (
          <details open={bounds.some((b) => asked[b.field])}>
            <summary>{t("rows.bounds")}</summary>
            <div className={styles.seek}>
              {bounds.map((b) => (
                <Typed {...b} key={b.field} id={b.field} value={asked[b.field] ?? ""} done={(v) => set({ [b.field]: v })} />
              ))}
            </div>
          </details>
        )}
        <Suspense fallback={null}>
          <SavedSearches path={path} query={query} open={open} />
        </Suspense>
        <Download list={path} asked={{ ...among, ...asked }} columns={columns.map((c) => c.key).filter((key) => key !== "act")} />
      </search>
      {list.error ? (
        <Trouble error={list.error} again={() => void list.refetch()} />
      ) : list.isPending ? (
        <Waiting />
      ) : (
        <DataTable
          caption={caption}
          captionUnseen
          rows={list.rows}
          id={id}
          columns={columns}
          empty={narrowed ? t("rows.none") : empty}
          order={orderOf(asked.sort ?? first, (sort) => set({ sort }))}
          {...(tone && { tone })}
        />
      )}
      <More list={list} />
    </div>
  );
}
