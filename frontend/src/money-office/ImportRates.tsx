import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Problem, Refused } from "../api/problem";
import { upload } from "../api/upload";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { FileUpload } from "../ui/FileUpload/FileUpload";
import { useWords } from "../words/i18n";
import office from "./Office.module.css";
import type { Schemas } from "./office";

/** Taking in the month's file of rates, as treasury.un.org publishes it. */
export function ImportRates({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<Schemas["ImportedRates"]>();
  async function send(file: File, progress: (sent: number) => void, signal: AbortSignal) {
    setProblem(null);
    setDone(undefined);
    const text = new File([file], file.name, { type: "text/xml" });
    try {
      setDone(await upload<Schemas["ImportedRates"]>("/operational-rates", text, progress, signal));
    } catch (e) {
      if (e instanceof Refused) setProblem(e.problem);
      throw e;
    }
    await queries.invalidateQueries({ queryKey: ["/operational-rates"] });
  }
  return (
    <Dialog title={t("rates.import")} onClose={onClose} actions={<Button onClick={onClose}>{t("dialog.close")}</Button>}>
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <FileUpload
          id="rates"
          label={t("rates.file")}
          hint={t("rates.file-hint")}
          accept=".xml,application/xml,text/xml"
          largest={1024 * 1024}
          send={send}
        />
        {done && (
          <p role="status">
            {t("rates.done", { added: String(done.added), corrected: String(done.corrected), known: String(done.known) })}
          </p>
        )}
      </div>
    </Dialog>
  );
}
