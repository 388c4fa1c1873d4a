import { type ReactNode, useState } from "react";
import { useWords } from "../../words/i18n";
import { described, type Frame, Labelled } from "../Field/Field";
import styles from "./FileUpload.module.css";
import { size } from "./size";

export type FileDropProps = Frame & {
  /** "application/pdf,.docx" */
  accept?: string | undefined;
  /** In bytes: said, not looked at. */
  largest: number;
  take: (files: File[]) => void;
  multiple?: boolean | undefined;
  children?: ReactNode;
};

/** Where files are chosen, or dropped; below it what became of them. */
export function FileDrop({ accept, largest, take, multiple, children, ...frame }: FileDropProps) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  const taken = (list: FileList | null) => take([...(list ?? [])].slice(0, multiple ? undefined : 1));
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
          taken(e.dataTransfer.files);
        }}
      >
        <input
          {...described(frame)}
          type="file"
          accept={accept}
          multiple={multiple}
          className={styles.input}
          onChange={(e) => {
            taken(e.target.files);
            e.target.value = "";
          }}
        />
        <span className={styles.hint}>{t(multiple ? "upload.drop-several" : "upload.drop", { largest: size(largest) })}</span>
      </div>
      {children}
    </Labelled>
  );
}
