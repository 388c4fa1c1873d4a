import type { ComponentProps, ReactNode } from "react";
import { useWords } from "../../words/i18n";
import styles from "./Field.module.css";

export type Frame = {
  /** Of the input; a refusal's pointer finds it (see fieldId). */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  /** The sentence that the error summary says too. */
  error?: string | undefined;
  optional?: boolean;
  /** In a grid the column and the row are the label: it is read aloud, not shown. */
  bare?: boolean;
};

/** What every input is told about its hint and its error. */
export function described({ id, hint, error }: Pick<Frame, "id" | "hint" | "error">) {
  const ids = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return { id, "aria-describedby": ids || undefined, "aria-invalid": error ? true : undefined } as const;
}

/** Label, hint and error round any one input. */
export function Labelled({ id, label, hint, error, optional, bare, children }: Frame & { children: ReactNode }) {
  const { t } = useWords();
  return (
    <div className={`${styles.field} ${error && !bare ? styles.wrong : ""}`}>
      <label htmlFor={id} className={bare ? "unseen" : styles.label}>
        {label}
        {optional && <span className={styles.optional}> {t("field.optional")}</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className={bare ? "unseen" : styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={bare ? "unseen" : styles.error}>
          <span className="unseen">{t("field.error")} </span>
          {error}
        </p>
      )}
      {children}
    </div>
  );
}

/** A line of text. */
export function Field({ label, hint, error, optional, bare, className = "", ...input }: Frame & Omit<ComponentProps<"input">, "id">) {
  const frame = { id: input.id, label, hint, error, optional, bare };
  return (
    <Labelled {...frame}>
      <input {...input} {...described(frame)} dir={input.dir ?? "auto"} className={`${styles.input} ${className}`} />
    </Labelled>
  );
}

/** Text of several lines; it grows with what is written where the browser can. */
export function TextField({
  label,
  hint,
  error,
  optional,
  bare,
  className = "",
  ...input
}: Frame & Omit<ComponentProps<"textarea">, "id">) {
  const frame = { id: input.id, label, hint, error, optional, bare };
  return (
    <Labelled {...frame}>
      <textarea rows={5} {...input} {...described(frame)} dir="auto" className={`${styles.input} ${styles.text} ${className}`} />
    </Labelled>
  );
}

/** One of a few, as the browser's own list. */
export function Choice({
  label,
  hint,
  error,
  optional,
  bare,
  className = "",
  children,
  ...input
}: Frame & Omit<ComponentProps<"select">, "id">) {
  const frame = { id: input.id, label, hint, error, optional, bare };
  return (
    <Labelled {...frame}>
      <select {...input} {...described(frame)} className={`${styles.input} ${styles.choice} ${className}`}>
        {children}
      </select>
    </Labelled>
  );
}

/** A few answers side by side, each with a line of what it means; one is chosen. */
export function Radios<T extends string>({
  id,
  label,
  hint,
  error,
  value,
  onChange,
  options,
}: Frame & {
  value: T | undefined;
  onChange: (value: T) => void;
  options: { value: T; label: string; hint?: ReactNode; disabled?: boolean }[];
}) {
  const { t } = useWords();
  return (
    <fieldset
      className={`${styles.field} ${styles.set} ${error ? styles.wrong : ""}`}
      aria-describedby={described({ id, hint, error })["aria-describedby"]}
    >
      <legend className={styles.label}>{label}</legend>
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          <span className="unseen">{t("field.error")} </span>
          {error}
        </p>
      )}
      <div className={styles.options}>
        {options.map((o, i) => (
          <label key={o.value} className={`${styles.option} ${value === o.value ? styles.chosen : ""}`}>
            <input
              type="radio"
              id={i === 0 ? id : `${id}-${o.value}`}
              name={id}
              value={o.value}
              checked={value === o.value}
              disabled={o.disabled}
              onChange={() => onChange(o.value)}
            />
            <span>
              <b>{o.label}</b>
              {o.hint && <small>{o.hint}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
