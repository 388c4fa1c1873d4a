import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { named, type ProposalForm } from "../proposal/proposal";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Report, reportKey } from "./data";

type Body = components["schemas"]["ReportFindingRequest"];

/** Accepts a report, or returns it with points; each is a button, so that neither is by default. */
export default function Finding({ programme, report, form }: { programme: string; report: Report; form: ProposalForm }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [typed, setTyped, sent] = useTypedForm(`finding/${programme}/${report.key}`, { remark: "", points: [] as Body["points"] });
  const { remark, points } = typed;
  const setRemark = (remark: typeof typed.remark) => setTyped({ remark });
  const setPoints = (to: (now: Body["points"]) => Body["points"]) => setTyped({ points: to(points) });
  const find = useAct(
    async (key: string, body: Body) =>
      client.POST("/programmes/{id}/reports/{key}/finding", {
        params: { path: { id: programme, key: report.key }, header: { "Idempotency-Key": key } },
        body,
      }),
    async () => {
      await sent();
      toast(t("finding.done"));
      await Promise.all(
        [reportKey(programme, report.key), ["reports"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })),
      );
    },
  );
  const wrong = faultsByField(find.problem);
  const set = (at: number, part: Partial<Body["points"][number]>) =>
    setPoints((all) => all.map((x, i) => (i === at ? { ...x, ...part } : x)));
  return (
    <form className={styles.form} noValidate onSubmit={(e) => e.preventDefault()}>
      <h2>{t("finding.title")}</h2>
      <ErrorSummary problem={find.problem} names={{ remark: t("finding.remark"), points: t("finding.points") }} />
      <TextField
        id="remark"
        label={t("finding.remark")}
        rows={3}
        error={wrong.remark}
        value={remark}
        onChange={(e) => setRemark(e.target.value)}
      />
      <section id="points" tabIndex={-1} className={styles.stack} aria-labelledby="points-title">
        <h3 id="points-title">{t("finding.points")}</h3>
        {points.map((x, i) => (
          <fieldset key={i} className={styles.checks}>
            <legend className={styles.who}>{t("finding.point", { n: i + 1 })}</legend>
            <Choice
              id={`points-${i}-section`}
              label={t("finding.section")}
              error={wrong[`points-${i}-section`]}
              value={x.section}
              onChange={(e) => set(i, { section: e.target.value })}
            >
              {form.sections.map((s) => (
                <option key={s.key} value={s.key}>
                  {named(s.title, language)}
                </option>
              ))}
            </Choice>
            <TextField
              id={`points-${i}-todo`}
              label={t("finding.todo")}
              rows={2}
              error={wrong[`points-${i}-todo`]}
              value={x.todo}
              onChange={(e) => set(i, { todo: e.target.value })}
            />
            <div className={styles.acts}>
              <Button tone="quiet" onClick={() => setPoints((all) => all.filter((_, at) => at !== i))}>
                {t("finding.remove", { n: i + 1 })}
              </Button>
            </div>
          </fieldset>
        ))}
        <div className={styles.acts}>
          <Button tone="quiet" onClick={() => setPoints((all) => [...all, { section: form.sections[0]!.key, todo: "" }])}>
            {t("finding.add")}
          </Button>
        </div>
      </section>
      <div className={styles.acts}>
        <Button tone="main" busy={find.busy} onClick={() => void find.run({ outcome: "accepted", remark, points })}>
          {t("finding.accept")}
        </Button>
        <Button busy={find.busy} onClick={() => void find.run({ outcome: "returned", remark, points })}>
          {t("finding.return")}
        </Button>
      </div>
    </form>
  );
}
