import type { ComponentProps } from "react";
import styles from "./Button.module.css";

export type ButtonProps = ComponentProps<"button"> & {
  tone?: "main" | "plain" | "danger" | "quiet";
  /** While an act is under way: the button stays where it is and takes no second press. */
  busy?: boolean;
};

/** A button for an act. It is no submit button unless it says so. */
export function Button({
  tone = "plain",
  busy = false,
  className = "",
  disabled,
  onClick,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      className={`${styles.button} ${styles[tone]} ${className}`}
      onClick={(e) => {
        if (busy) e.preventDefault();
        else onClick?.(e);
      }}
    >
      {children}
    </button>
  );
}
