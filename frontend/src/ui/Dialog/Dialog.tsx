import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useWords } from "../../words/i18n";
import styles from "./Dialog.module.css";

export type DialogProps = {
  title: string;
  children: ReactNode;
  /** The buttons, the safe one first. */
  actions?: ReactNode;
  /** Without it the dialog stays until an act ends it. */
  onClose?: () => void;
};

/** A question over the page: the browser's own dialog, which keeps the focus and gives it back. */
export function Dialog({ title, children, actions, onClose }: DialogProps) {
  const { t } = useWords();
  const box = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still stands in the page: the browser gives the focus back only then.
  useLayoutEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={box}
      className={styles.dialog}
      aria-labelledby={id}
      onCancel={(e) => {
        if (e.target !== e.currentTarget) return; // a chooser of files within was left: that is no leaving of the dialog
        e.preventDefault();
        onClose?.();
      }}
    >
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {onClose && (
          <button type="button" className={styles.close} aria-label={t("dialog.close")} onClick={onClose}>
            <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      <div className={styles.body}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </dialog>
  );
}
