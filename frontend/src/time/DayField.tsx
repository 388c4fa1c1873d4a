import { type ComponentProps, useState } from "react";
import { Field } from "../ui/Field/Field";

type Props = Omit<ComponentProps<typeof Field>, "type" | "value" | "onChange"> & {
  /** The day looked at, "2026-03-02". */
  value: string;
  /** Told a whole day, or "" where it was taken away. */
  onDay: (day: string) => void;
};

/** The day that a page is looked at on. By keys a year is written figure by figure, and 0002 is a day to a browser: no page is asked for it. */
export function DayField({ value, onDay, ...frame }: Props) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  return (
    <Field
      {...frame}
      type="date"
      value={typed}
      onChange={(e) => {
        setTyped(e.target.value);
        if (e.target.value > "1900") onDay(e.target.value);
      }}
      onBlur={() => {
        if (typed === "") onDay("");
        else if (typed < "1900") setTyped(value);
      }}
    />
  );
}
