import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type Problem, Refused } from "../api/problem";
import { upload } from "../api/upload";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { FileUpload } from "../ui/FileUpload/FileUpload";
import { useWords } from "../words/i18n";
import { Imports } from "./Imports";
import office from "./Office.module.css";
import type { Schemas } from "./office";

/** Taking in the bank's own file: it goes on when this is closed, and what became of it is found here again. */
export function ImportStatement({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  async function send(file: File, progress: (sent: number) => void, signal: AbortSignal) {
    setProblem(null);
    // A browser that does not know the name's end sends no type; which format it is the fund reads off the file itself.
    const text = new File([file], file.name, { type: "text/plain" });
    try {
      await upload<Schemas["Run"]>("/bank-statements", text, progress, signal, { later: true });
    } catch (e) {
      if (e instanceof Refused) setProblem(e.problem);
      throw e;
    }
    await queries.invalidateQueries({ queryKey: ["/runs"] });
  }
  return (
    <Dialog title={t("reconcile.import")} onClose={onClose} actions={<Button onClick={onClose}>{t("dialog.close")}</Button>}>
      <div className={office.form}>
        <ErrorSummary problem={problem} />
        <FileUpload
          id="statement"
          label={t("reconcile.import-file")}
          hint={t("reconcile.import-hint")}
          accept=".xml,.sta,.940,.mt940,.txt,application/xml,text/xml,text/plain"
          largest={20 * 1024 * 1024}
          send={send}
        />
        <Imports />
      </div>
    </Dialog>
  );
}
