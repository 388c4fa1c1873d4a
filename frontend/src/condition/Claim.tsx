import { Suspense } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Attachments } from "../attachment/lazy";
import { ActForm } from "../decision/ActForm";
import { useTyped } from "../draft/useTyped";
import { Waiting } from "../shell/Trouble";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Condition } from "./data";

/** Who has to fulfil a condition says that it is, with the files that show it. */
export default function Claim({ of: c, again }: { of: Condition; again: () => Promise<void> }) {
  const { t, language } = useWords();
  const toast = useToast();
  const [text, setText, sent] = useTyped(`condition-claim/${c.id}`, "");
  const claim = useAct(
    async (key: string, text: string, language: string) =>
      client.POST("/conditions/{id}/claim", {
        params: { path: { id: c.id }, header: { "If-Match": `"${c.version}"`, "Idempotency-Key": key } },
        body: { text, language },
      }),
    async () => {
      await sent();
      toast(t("condition.claimed"));
      await again();
    },
  );
  const wrong = faultsByField(claim.problem);
  return (
    <ActForm
      plain
      act={claim}
      names={{ text: t("condition.how") }}
      button={t("condition.claim")}
      send={() => void claim.run(text, language)}
    >
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
    </ActForm>
  );
}
