import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { TermsLine } from "./Asked";
import { type Condition, toneOf, useConditions } from "./data";

// Brought for those who have to fulfil one, or to confirm it.
const Claim = lazy(() => import("./Claim"));
const Find = lazy(() => import("./Find"));

/** What decisions ask of a programme: how far each condition is, what was said of it, and what one may do. */
export default function Conditions({ programme }: { programme: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const list = useConditions(programme);
  const [open, setOpen] = useState(""); // the one whose form is open: their fields have one name
  if (list.error && !list.data) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const again = async () => {
    setOpen("");
    await Promise.all([["conditions"], ["tasks"], ["transfers"], ["transfer"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  return (
    <section className={styles.stack} aria-labelledby="conditions">
      <h2 id="conditions">{t("condition.title")}</h2>
      {list.data.length === 0 ? (
        <p className={styles.card}>{t("condition.none")}</p>
      ) : (
        list.data.map((c) => <One key={c.id} of={c} open={open === c.id} show={() => setOpen(c.id)} again={again} />)
      )}
    </section>
  );
}

function One({ of: c, open, show, again }: { of: Condition; open: boolean; show: () => void; again: () => Promise<void> }) {
  const { t } = useWords();
  const act = ["condition.claim", "condition.find"].find((a) => c.may.includes(a));
  return (
    <article id={`c${c.n}`} className={`${styles.card} ${styles.tight}`}>
      <div className={styles.acts}>
        <h3>
          <bdi dir="ltr">{c.ref}</bdi>
        </h3>
        <Tag tone={toneOf(c)}>{t(`condition.state.${c.state}`)}</Tag>
        {c.overdue && <Tag tone="bad">{t("condition.overdue")}</Tag>}
      </div>
      <p lang={c.language} dir="auto">
        {c.text}
      </p>
      <p>
        <TermsLine of={c} />
      </p>
      <p>
        <Link className="ref" href={`/decisions/${c.decision}`}>
          {t("condition.of", { number: c.decision })}
        </Link>
        {c.waiver && (
          <>
            {" · "}
            <Link className="ref" href={`/decisions/${c.waiver}`}>
              {t("condition.waived-by", { number: c.waiver })}
            </Link>
          </>
        )}
        {c.agenda && !c.waiver && (
          <>
            {" · "}
            <Link href={`/questions/${c.agenda.question}`}>{t("condition.agenda", { ref: c.agenda.ref })}</Link>
          </>
        )}
      </p>
      {c.steps.length > 0 && (
        <ol className={styles.rows} aria-label={t("condition.history")}>
          {c.steps.map((s) => (
            <li key={s.n} className={styles.tight}>
              <span>
                <b>{t(`condition.step.${s.step}`)}</b>
              </span>
              <span className={styles.quiet}>
                {s.by && (
                  <>
                    <bdi>{s.by}</bdi>
                    {" · "}
                  </>
                )}
                <DateTime value={s.at} zone={fund.zone} />
              </span>
              {s.text && (
                <p lang={s.language || undefined} dir="auto">
                  {s.text}
                </p>
              )}
              {s.files && (
                <ul>
                  {s.files.map((f) => (
                    <li key={f.id}>
                      <a href={`/api/v1/attachments/${f.id}/content`} download>
                        <bdi>{f.name}</bdi>
                      </a>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </ol>
      )}
      {act && !open && (
        <div className={styles.acts}>
          <Button onClick={show}>{t(act === "condition.claim" ? "condition.claim-title" : "condition.find-title")}</Button>
        </div>
      )}
      {act && open && (
        <Suspense fallback={<Waiting />}>
          {act === "condition.claim" ? <Claim of={c} again={again} /> : <Find of={c} again={again} />}
        </Suspense>
      )}
    </article>
  );
}
