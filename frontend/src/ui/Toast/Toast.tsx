import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { useWords } from "../../words/i18n";
import styles from "./Toast.module.css";

type Note = { n: number; text: string };
const Context = createContext<(text: string) => void>(() => {});

/** Says in passing that something was done. What must be acted on is never said here. */
export const useToast = () => useContext(Context);

/** The place where notes appear: read aloud politely, never focused, gone after ten seconds or by its cross. */
export function Toasts({ children, seconds = 10 }: { children: ReactNode; seconds?: number }) {
  const { t } = useWords();
  const [notes, setNotes] = useState<Note[]>([]);
  const add = useCallback((text: string) => setNotes((all) => [...all.slice(-2), { n: (all.at(-1)?.n ?? 0) + 1, text }]), []);
  const drop = useCallback((n: number) => setNotes((all) => all.filter((note) => note.n !== n)), []);
  return (
    <Context.Provider value={add}>
      {children}
      <div role="status" aria-live="polite" className={styles.place}>
        {notes.map((note) => (
          <ToastNote key={note.n} text={note.text} seconds={seconds} close={t("toast.close")} onClose={() => drop(note.n)} />
        ))}
      </div>
    </Context.Provider>
  );
}

function ToastNote({ text, seconds, close, onClose }: { text: string; seconds: number; close: string; onClose: () => void }) {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, seconds * 1000);
    return () => clearTimeout(timer);
  }, [held, seconds, onClose]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is being read
    <div className={styles.note} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
      <p>{text}</p>
      <button type="button" className={styles.close} aria-label={close} onClick={onClose}>
        <span aria-hidden="true">✕</span>
      </button>
    </div>
  );
}
