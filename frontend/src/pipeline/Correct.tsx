import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import type { Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { bodyOf, type Entry, factsOf } from "./data";
import { FactsForm } from "./FactsForm";

/** Puts right what the pipeline says of a programme without a proposal, with the reason. */
export default function Correct({ entry: e, rules, done }: { entry: Entry; rules: Rules; done: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [typed, setTyped, sent] = useTypedForm(`pipeline/${e.id}`, { facts: factsOf(e), reason: "" });
  const { facts, reason } = typed;
  const setFacts = (facts: typeof typed.facts) => setTyped({ facts });
  const setReason = (reason: typeof typed.reason) => setTyped({ reason });
  const act = useAct(
    async (key: string, body: { facts: ReturnType<typeof bodyOf>; reason: string }) =>
      client.PUT("/pipeline/entries/{id}", {
        params: { path: { id: e.id }, header: { "Idempotency-Key": key, "If-Match": `"${e.version}"` } },
        body,
      }),
    async () => {
      await sent();
      done();
      await queries.invalidateQueries({ queryKey: ["pipeline"] });
    },
  );
  const wrong = faultsByField(act.problem);
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void act.run({ facts: bodyOf(facts, rules.currency), reason });
      }}
    >
      <ErrorSummary problem={act.problem} names={{ reason: t("pipe.why") }} />
      <FactsForm at="facts" value={facts} change={setFacts} wrong={wrong} rules={rules} />
      <TextField
        id="reason"
        label={t("pipe.why")}
        hint={t("pipe.why-hint")}
        rows={2}
        error={wrong.reason}
        value={reason}
        onChange={(x) => setReason(x.target.value)}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={act.busy}>
          {t("pipe.save")}
        </Button>
        <Button onClick={() => void sent().then(done)}>{t("pipe.leave-it")}</Button>
      </div>
    </form>
  );
}
