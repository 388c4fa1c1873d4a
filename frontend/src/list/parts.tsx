import { lazy, useEffect, useState } from "react";
import { Button } from "../ui/Button/Button";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./Listing.module.css";
import type { Lists } from "./pages";

/** The searches of a list that its reader keeps; they come when the list is there. */
export const SavedSearches = lazy(() => import("./SavedSearches"));

/** A line that is taken as it stands once the typing rests, or at once by Enter. */
export function Typed({
  value,
  done,
  ...rest
}: {
  id: string;
  label: string;
  hint?: string;
  type: string;
  value: string;
  done: (text: string | undefined) => void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const rest = setTimeout(() => done(text.trim() || undefined), 500);
    return () => clearTimeout(rest);
  });
  return (
    <Field
      {...rest}
      value={text}
      onChange={(e) => setText(e.target.value)}
      onKeyDown={(e) => {
        if (e.key !== "Enter") return;
        e.preventDefault(); // where it stands in a form, that is not sent by it
        done(text.trim() || undefined);
      }}
    />
  );
}

/** The list as it is on the screen, whole, as a file of each kind; the columns by the server's names. */
export function Download({ list, asked, columns }: { list: Lists; asked: Record<string, string>; columns: string[] }) {
  const { t } = useWords();
  return (
    <p className={styles.download}>
      {t("rows.download")}{" "}
      {["csv", "xlsx", "json"].map((format) => (
        <a key={format} download href={`/api/v1${list}/export?${new URLSearchParams({ ...asked, format, columns: columns.join() })}`}>
          {format.toUpperCase()}
        </a>
      ))}
    </p>
  );
}

/** The way to the next page, where there is one. */
export function More({ list }: { list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> } }) {
  const { t } = useWords();
  return (
    list.hasNextPage && (
      <div>
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("rows.more")}
        </Button>
      </div>
    )
  );
}

/** The order that a list is in, as the table and the address say it. */
export function orderOf(sort: string | undefined, ask: (sort: string) => void) {
  return {
    by: sort ? { key: sort.replace(/^-/, ""), down: sort.startsWith("-") } : undefined,
    ask: ({ key, down }: { key: string; down: boolean }) => ask(`${down ? "-" : ""}${key}`),
  };
}
