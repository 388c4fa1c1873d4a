import { useEffect, useState } from "react";
import { Button } from "../ui/Button/Button";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";

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
      onKeyDown={(e) => e.key === "Enter" && done(text.trim() || undefined)}
    />
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
