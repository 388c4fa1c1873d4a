import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { usePost } from "../minutes/data";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import type { Review } from "./data";

/** What the seats say of the year, who has said nothing yet, and the step that is next, for whose it is. */
export default function Comments({ of: r, path }: { of: Review; path: string }) {
  const { t } = useWords();
  const { name } = useNames();
  const comments = r.may.includes("yearly-review.comment");
  return (
    <section className={styles.stack} aria-labelledby="comments">
      <h2 id="comments">{t("yearly.comments")}</h2>
      {r.comments.length === 0 ? (
        <p className={styles.quiet}>{t(`yearly.comments-none-${r.state}`)}</p>
      ) : (
        <ul className={styles.rows}>
          {r.comments.map((c) => (
            <li key={c.id} className={styles.tight}>
              <p className={styles.quiet}>
                <bdi>{c.seat}</bdi> · <bdi>{name(c.organisation)}</bdi> · <Moment value={c.at} zone={fund.zone} hour />
              </p>
              <p className={styles.text} lang={c.language} dir="auto">
                {c.text}
              </p>
            </li>
          ))}
        </ul>
      )}
      {r.silent.length > 0 && (
        <details className={styles.more}>
          <summary>{t("yearly.silent", { n: String(r.silent.length) })}</summary>
          <ul>
            {r.silent.map((s) => (
              <li key={s.seat}>
                <bdi>{s.seat}</bdi> · <bdi>{name(s.organisation)}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
      {comments && <Commenting year={r.year} path={path} />}
      {(["open", "close"] as const)
        .filter((step) => r.may.includes(`yearly-review.${step}`))
        .map((step) => (
          <Step key={step} step={step} again={r.versions.length > 0} path={path} />
        ))}
    </section>
  );
}

function Commenting({ year, path }: { year: number; path: string }) {
  const { t, language } = useWords();
  const [typed, set, sent] = useTypedForm(`yearly/${year}`, { language: language as string, text: "" });
  const act = usePost<object>(`${path}/comments`, "yearly.commented", sent);
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      head={<p>{t("yearly.comment-lead")}</p>}
      act={act}
      names={{ language: t("yearly.language"), text: t("yearly.comment") }}
      button={t("yearly.comment-send")}
      send={() => void act.run(typed)}
    >
      <Choice
        id="language"
        label={t("yearly.language")}
        error={wrong.language}
        value={typed.language}
        onChange={(e) => set({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <TextField
        id="text"
        rows={6}
        lang={typed.language}
        dir="auto"
        label={t("yearly.comment")}
        error={wrong.text}
        value={typed.text}
        onChange={(e) => set({ text: e.target.value })}
      />
    </ActForm>
  );
}

/** Opened for comments, or closed: what either does stands beside it. */
function Step({ step, again, path }: { step: "open" | "close"; again: boolean; path: string }) {
  const { t } = useWords();
  const act = usePost(`${path}/${step === "open" ? "openings" : "closings"}`, step === "open" ? "yearly.opened" : "yearly.closed");
  const called = step === "open" && again ? "yearly.open-again" : `yearly.${step}`;
  return (
    <section className={`${styles.card} ${styles.tight}`} aria-label={t(called)}>
      <ErrorSummary problem={act.problem} />
      <p>{t(`yearly.${step}-lead`)}</p>
      <div className={styles.acts}>
        <Button tone="main" busy={act.busy} onClick={() => void act.run()}>
          {t(called)}
        </Button>
      </div>
    </section>
  );
}
