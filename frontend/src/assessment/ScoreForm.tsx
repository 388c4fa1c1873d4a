import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import { useKept } from "../draft/useKept";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Proposal } from "./Reading";
import { answered, bodyOf, type Given, notApplicable, sheetOf } from "./sheet";

/** The score sheet: each criterion with what its steps mean; kept here while it is written, sent once and now. */
export default function ScoreForm({
  proposal,
  rules,
  person,
  given,
  onSent,
}: {
  proposal: Proposal;
  rules: Rules;
  person: string;
  given: Given | undefined;
  onSent: () => void;
}) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const draft = useKept(person, `assessments/${proposal.id}/${proposal.submission?.n ?? 0}`, sheetOf(rules, given));
  const sheet = draft.value;
  const send = useAct(
    async (key: string, body: ReturnType<typeof bodyOf>) =>
      client.POST("/proposals/{id}/scores", { params: { path: { id: proposal.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await draft.done();
      toast(t("score.sent"));
      await Promise.all([["assessments"], ["scores", proposal.id], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
      onSent();
    },
  );
  const wrong = faultsByField(send.problem);
  const criteria = rules.scoring.criteria;
  const change = (key: string, line: Partial<{ points: string; reason: string }>) =>
    draft.change({ ...sheet, lines: { ...sheet.lines, [key]: { ...(sheet.lines[key] ?? { points: "", reason: "" }), ...line } } });
  const names = Object.fromEntries(
    criteria.flatMap((k) => ["", "-points", "-reason"].map((end) => [`points-${k.key}${end}`, named(k.name, language, k.key)])),
  );
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(e) => {
        e.preventDefault();
        void send.run(bodyOf(sheet));
      }}
    >
      <h2>{t("score.title")}</h2>
      {rules.scoring.blind && <p className={styles.quiet}>{t("score.blind")}</p>}
      <ErrorSummary problem={send.problem} names={{ ...names, comment: t("score.comment") }} />
      {criteria.map((k) => {
        const line = sheet.lines[k.key] ?? { points: "", reason: "" };
        const id = `points-${k.key}`;
        return (
          <div key={k.key} className={styles.tight}>
            <Radios
              id={id}
              label={named(k.name, language, k.key)}
              hint={t("score.weight", { weight: k.weight })}
              error={wrong[id] ?? wrong[`${id}-points`]}
              value={line.points}
              onChange={(points) => change(k.key, { points })}
              options={[
                ...k.anchors.map((anchor, i) => ({
                  value: String(rules.scoring.least + i),
                  label: String(rules.scoring.least + i),
                  hint: (
                    <span lang="en" dir="ltr">
                      {anchor}
                    </span>
                  ),
                })),
                ...(rules.scoring.not_applicable ? [{ value: notApplicable, label: t("score.na"), hint: t("score.na-hint") }] : []),
              ]}
            />
            {line.points === notApplicable && (
              <TextField
                id={`${id}-reason`}
                rows={2}
                label={t("score.na-reason")}
                error={wrong[`${id}-reason`]}
                value={line.reason}
                onChange={(e) => change(k.key, { reason: e.target.value })}
              />
            )}
          </div>
        );
      })}
      <TextField
        id="comment"
        label={t("score.comment")}
        hint={t("score.comment-hint")}
        optional
        error={wrong.comment}
        value={sheet.comment}
        onChange={(e) => draft.change({ ...sheet, comment: e.target.value })}
      />
      <p className={styles.quiet}>{t("score.answered", { done: answered(sheet), all: criteria.length })}</p>
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={send.busy}>
          {t("score.send")}
        </Button>
        {draft.saving.state === "kept" ? <p role="status">{t("score.kept")}</p> : <SavingLine saving={draft.saving} />}
      </div>
    </form>
  );
}
