import { useState } from "react";
import { useWords } from "../../words/i18n";
import type { Frame } from "../Field/Field";
import { FileDrop } from "./FileDrop";
import styles from "./FileUpload.module.css";
import { size } from "./size";

export type Sending = { name: string; size: number; sent: number; state: "sending" | "done" | "failed"; fault?: string };

export type FileUploadProps = Frame & {
  /** "application/pdf,.docx" */
  accept?: string;
  /** In bytes; a larger file is refused here before it is sent. */
  largest: number;
  /** Sends one file and tells how many bytes went; throws an Error whose message can be shown. */
  send: (file: File, progress: (sent: number) => void, signal: AbortSignal) => Promise<void>;
  multiple?: boolean;
};

/** Files to send: chosen or dropped, each with its progress, each to be stopped or tried again. */
export function FileUpload({ accept, largest, send, multiple, ...frame }: FileUploadProps) {
  const { t } = useWords();
  const [files, setFiles] = useState<(Sending & { file: File; stop: AbortController })[]>([]);
  const change = (file: File, to: Partial<Sending>) => setFiles((all) => all.map((f) => (f.file === file ? { ...f, ...to } : f)));

  async function start(file: File) {
    const stop = new AbortController();
    const fault = file.size > largest ? t("upload.too-large", { size: size(file.size), largest: size(largest) }) : undefined;
    const entry = { file, stop, name: file.name, size: file.size, sent: 0, state: fault ? "failed" : "sending", fault } as const;
    setFiles((all) => [...all.filter((f) => f.name !== file.name), entry]);
    if (fault) return;
    try {
      await send(file, (sent) => change(file, { sent }), stop.signal);
      change(file, { state: "done", sent: file.size });
    } catch (e) {
      if (stop.signal.aborted) setFiles((all) => all.filter((f) => f.file !== file));
      else change(file, { state: "failed", fault: e instanceof Error && e.message !== "unreached" ? e.message : t("upload.no-line") });
    }
  }
  const take = (chosen: File[]) => {
    for (const file of chosen) void start(file);
  };

  return (
    <FileDrop {...frame} accept={accept} largest={largest} take={take} multiple={multiple}>
      {files.length > 0 && (
        <ul className={styles.files} aria-live="polite">
          {files.map((f) => (
            <li key={f.name} className={styles.file}>
              <span className={styles.name}>
                <bdi>{f.name}</bdi> <small>{size(f.size)}</small>
              </span>
              {f.state === "sending" && (
                <>
                  <progress className={styles.bar} max={f.size} value={f.sent} aria-label={t("upload.progress", { name: f.name })} />
                  <button type="button" className={styles.act} onClick={() => f.stop.abort()}>
                    {t("upload.stop")}
                  </button>
                </>
              )}
              {f.state === "done" && <span className={styles.done}>{t("upload.done")}</span>}
              {f.state === "failed" && (
                <>
                  <span className={styles.failed}>{f.fault}</span>
                  {f.size <= largest && (
                    <button type="button" className={styles.act} onClick={() => void start(f.file)}>
                      {t("upload.again")}
                    </button>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </FileDrop>
  );
}
