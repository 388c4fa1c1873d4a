import { Suspense, useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Attachments } from "../attachment/lazy";
import styles from "../decision/decision.module.css";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Condition } from "./data";

/** Who has to fulfil a condition says that it is, with the files that show it. */
export default function Claim({ of: c, again }: { of: Condition; again: () => Promise<void> }) {
  const { t, language } = useWords();
  const toast = useToast();
  const [text, setText] = useState("");
  const claim = useAct(
    async (key: string, text: string, language: string) =>
      client.POST("/conditions/{id}/claim", {
        params: { path: { id: c.id }, header: { "If-Match": `"${c.version}"`, "Idempotency-Key": key } },
        body: { text, language },
      }),
    async () => {
      toast(t("condition.claimed"));
      await again();
    },
  );
  const wrong = faultsByField(claim.problem);
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void claim.run(text, language);
      }}
    >
      <ErrorSummary problem={claim.problem} names={{ text: t("condition.how") }} />
      <TextField
        id="text"
        label={t("condition.how")}
        hint={t("condition.how-hint")}
        error={wrong.text}
        value={text}
        onChange={(e) => setText(e.target.value)}
      />
      <Suspense fallback={<Waiting />}>
        <Attachments kind="condition" subject={c.id} />
      </Suspense>
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={claim.busy}>
          {t("condition.claim")}
        </Button>
      </div>
    </form>
  );
}
