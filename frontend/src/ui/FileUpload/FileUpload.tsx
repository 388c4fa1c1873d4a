import { useRef, useState } from "react";
import { useWords } from "../../words/i18n";
import { described, type Frame, Labelled } from "../Field/Field";
import styles from "./FileUpload.module.css";

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

/** A size as people say it: "340 KB". */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const kb = bytes / 1024;
  return kb < 1024 ? `${Math.round(kb)} KB` : `${(kb / 1024).toFixed(1)} MB`;
}

/** Files to send: chosen or dropped, each with its progress, each to be stopped or tried again. */
export function FileUpload({ accept, largest, send, multiple, ...frame }: FileUploadProps) {
  const { t } = useWords();
  const [files, setFiles] = useState<(Sending & { file: File; stop: AbortController })[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
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
  const take = (list: FileList | null) => {
    for (const file of [...(list ?? [])].slice(0, multiple ? undefined : 1)) void start(file);
  };

  return (
    <Labelled {...frame}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the input is the first */}
      <div
        className={`${styles.drop} ${over ? styles.over : ""}`}
        onDragOver={(e) => {
          e.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault();
          setOver(false);
          take(e.dataTransfer.files);
        }}
      >
        <input
          ref={input}
          {...described(frame)}
          type="file"
          accept={accept}
          multiple={multiple}
          className={styles.input}
          onChange={(e) => {
            take(e.target.files);
            e.target.value = "";
          }}
        />
        <span className={styles.hint}>{t("upload.drop", { largest: size(largest) })}</span>
      </div>
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
    </Labelled>
  );
}
