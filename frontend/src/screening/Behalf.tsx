import { Suspense } from "react";
import { Attachments } from "../attachment/lazy";
import styles from "../decision/decision.module.css";
import type { Proposal } from "../proposal/proposal";
import { bringArea, useWords } from "../words/i18n";

// The pages that show it have no room for saying so themselves.
await bringArea("reading");

/** Says openly that the secretariat handed it in for the applicant, why, and on which letter. */
export default function Behalf({ p }: { p: Proposal }) {
  const { t } = useWords();
  const behalf = p.submission?.on_behalf;
  if (!behalf) return null;
  return (
    <section className={styles.note}>
      <p>{t("behalf.line", { organisation: p.organisation.name })}</p>
      <p className={styles.text} dir="auto">
        {behalf.reason}
      </p>
      <p>{t("behalf.letter", { reference: behalf.reference })}</p>
      {behalf.document_hash && (
        <Suspense>
          <Attachments kind="behalf" subject={p.id} />
        </Suspense>
      )}
      {behalf.document_hash && (
        <p className={styles.quiet} dir="ltr" style={{ overflowWrap: "anywhere" }}>
          {behalf.document_hash}
        </p>
      )}
    </section>
  );
}
