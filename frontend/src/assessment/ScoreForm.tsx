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
import own from "./assessment.module.css";
import type { Proposal } from "./Reading";
import { answered, bodyOf, type Given, notApplicable, type Sheet, sheetOf } from "./sheet";

/** All criteria with their state, in sight while the sheet is long: each leads to its scale; a way to the documents besides. */
function Criteria({ rules, sheet }: { rules: Rules; sheet: Sheet }) {
  const { t, language } = useWords();
  const criteria = rules.scoring.criteria;
  return (
    <nav className={own.criteria} aria-label={t("score.criteria")}>
      <ol className={own.numbers}>
        {criteria.map((k, i) => {
          const done = (sheet.lines[k.key]?.points ?? "") !== "";
          return (
            <li key={k.key}>
              <a
                href={`#points-${k.key}`}
                className={`${own.number} ${done ? own.done : ""}`}
                title={named(k.name, language, k.key)}
                aria-label={t(done ? "score.done" : "score.open", { n: i + 1, name: named(k.name, language, k.key) })}
                onClick={(e) => {
                  e.preventDefault();
                  // To the step that is chosen, or to the first.
                  const steps = document.getElementsByName(`points-${k.key}`) as NodeListOf<HTMLInputElement>;
                  const to = [...steps].find((s) => s.checked) ?? steps[0];
                  to?.closest("[data-criterion]")?.scrollIntoView();
                  to?.focus({ preventScroll: true });
                }}
              >
                {i + 1}
              </a>
            </li>
          );
        })}
      </ol>
      <p className={own.standing}>
        <span>{t("score.answered", { done: answered(sheet), all: criteria.length })}</span>
        <a href="#documents" className={own.narrow}>
          {t("score.documents")}
        </a>
      </p>
    </nav>
  );
}

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
  const version = proposal.submission?.n ?? 0;
  const draft = useKept(person, `assessments/${proposal.id}/${version}`, sheetOf(rules, given));
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
        void send.run(bodyOf(sheet, version));
      }}
    >
      <h2 id="score">{t("score.title")}</h2>
      {rules.scoring.blind && <p className={styles.quiet}>{t("score.blind")}</p>}
      <ErrorSummary problem={send.problem} names={{ ...names, comment: t("score.comment") }} />
      <Criteria rules={rules} sheet={sheet} />
      {criteria.map((k, i) => {
        const line = sheet.lines[k.key] ?? { points: "", reason: "" };
        const id = `points-${k.key}`;
        return (
          <div key={k.key} className={`${styles.tight} ${own.criterion}`} data-criterion>
            <Radios
              id={id}
              label={`${i + 1}. ${named(k.name, language, k.key)}`}
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
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={send.busy}>
          {t("score.send")}
        </Button>
        {draft.saving.state === "kept" ? <p role="status">{t("score.kept")}</p> : <SavingLine saving={draft.saving} />}
      </div>
    </form>
  );
}
