import { Field, type Frame } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Scan, scans } from "./scan";

/** Where the scan of what is brought is chosen, with how much of it has gone. */
export function ScanChoice({ scan, label, hint, ...frame }: { scan: Scan } & Partial<Omit<Frame, "id">>) {
  const { t } = useWords();
  return (
    <>
      <Field
        {...frame}
        id="document_hash"
        type="file"
        accept={scans}
        label={label ?? t("paper.file")}
        hint={hint ?? t("paper.file-hint")}
        onChange={(e) => scan.choose(e.target.files?.[0])}
      />
      {scan.sent !== undefined && scan.file && <progress aria-label={t("paper.sending")} max={scan.file.size} value={scan.sent} />}
    </>
  );
}
