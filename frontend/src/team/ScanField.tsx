import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf, Refused, sentence } from "../api/problem";
import type { Subject } from "../attachment/attach";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { scans, sendScan } from "./scan";

/** The scan of a paper or note whose bytes did not come with it: the same file, chosen again. */
export function ScanField({ of, onDone }: { of: Subject; onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [fault, setFault] = useState<string>();
  async function send(file: File) {
    setFault(undefined);
    try {
      await sendScan(of, file, () => {});
      await queries.invalidateQueries();
      onDone();
    } catch (e) {
      setFault(e instanceof Refused ? faultsOf(e.problem).map(sentence).join(" ") : t("paper.cut"));
    }
  }
  return (
    <Field
      id={`scan-${of.subject}`}
      type="file"
      accept={scans}
      label={t("paper.send-scan")}
      error={fault}
      onChange={(e) => e.target.files?.[0] && void send(e.target.files[0])}
    />
  );
}
