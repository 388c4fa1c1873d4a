import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { ScanChoice } from "../team/ScanChoice";
import { useScan } from "../team/scan";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";

type Body = Required<components["schemas"]["NewSubmissionOnBehalf"]>;
type Done = { receipt: string; proposal: string };

// Few come for it.
await Promise.all(["reading", "team"].map(bringArea));

/** Hands in, for an applicant, what their letter names; both sides read who did, why, and on which letter. */
export default function Submitting({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [said, change, forget] = useTypedForm("behalf", { proposal: "", content_hash: "", reference: "", reason: "" });
  const letter = useScan();
  const [done, setDone] = useState<Done>();
  const [cut, setCut] = useState(false);
  const act = useAct(
    async (key: string, body: Body) => {
      const { data, response } = await client.POST("/submissions-on-behalf", { params: { header: { "Idempotency-Key": key } }, body });
      return { receipt: data!.receipt, proposal: /proposals\/([^/]+)/.exec(response.headers.get("Location") ?? "")?.[1] ?? "" };
    },
    async (handed: Done) => {
      await forget();
      setDone(handed);
      setCut(!(await letter.send({ kind: "behalf", subject: handed.proposal })));
      await queries.invalidateQueries();
    },
  );
  const wrong = faultsByField(act.problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    const content_hash = said.content_hash.trim().toLowerCase();
    await act.run({ ...said, proposal: said.proposal.trim(), content_hash, document_hash: await letter.hash() });
  }
  if (done)
    return (
      <Dialog
        title={t("behalf.title")}
        onClose={onClose}
        actions={
          <Button tone="main" onClick={onClose}>
            {t("behalf.close")}
          </Button>
        }
      >
        <p>{t("behalf.done", { receipt: done.receipt })}</p>
        {cut && <p>{t("behalf.cut")}</p>}
        <p>
          <Link href={`/screening/${done.proposal}`}>{t("behalf.open")}</Link>
        </p>
      </Dialog>
    );
  return (
    <Dialog title={t("behalf.title")} onClose={onClose}>
      <form className={styles.stack} noValidate onSubmit={(e) => void send(e)}>
        <p>{t("behalf.lead")}</p>
        <ErrorSummary
          problem={act.problem}
          names={{
            proposal: t("behalf.proposal"),
            content_hash: t("behalf.hash"),
            reference: t("behalf.reference"),
            reason: t("behalf.reason"),
            document_hash: t("behalf.scan"),
          }}
        />
        <Field
          id="proposal"
          label={t("behalf.proposal")}
          dir="ltr"
          error={wrong.proposal}
          value={said.proposal}
          onChange={(e) => change({ proposal: e.target.value })}
        />
        <Field
          id="content_hash"
          label={t("behalf.hash")}
          hint={t("behalf.hash-hint")}
          dir="ltr"
          error={wrong.content_hash}
          value={said.content_hash}
          onChange={(e) => change({ content_hash: e.target.value })}
        />
        <Field
          id="reference"
          label={t("behalf.reference")}
          hint={t("behalf.reference-hint")}
          error={wrong.reference}
          value={said.reference}
          onChange={(e) => change({ reference: e.target.value })}
        />
        <TextField
          id="reason"
          rows={3}
          label={t("behalf.reason")}
          hint={t("behalf.reason-hint")}
          error={wrong.reason}
          value={said.reason}
          onChange={(e) => change({ reason: e.target.value })}
        />
        <ScanChoice scan={letter} label={t("behalf.scan")} optional error={wrong.document_hash} />
        <div className={styles.acts}>
          <Button type="submit" tone="main" busy={act.busy}>
            {t("behalf.submit")}
          </Button>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
        </div>
      </form>
    </Dialog>
  );
}
