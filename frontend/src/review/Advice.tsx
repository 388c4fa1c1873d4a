import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client } from "../api/client";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { Trouble } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { bringArea, useWords } from "../words/i18n";
import { Counsel } from "./Counsel";
import { type AdviceRequest, type Advice as All, type Asked, adviceKey, hidden, useAdvice } from "./data";
import { Words } from "./Words";

// The pages that show it have no room for saying so themselves.
await Promise.all(["form", "review"].map(bringArea));

const AskAdvice = lazy(() => import("./AskAdvice"));

/** Technical advice on a submission, beside its documents; to the secretariat a form to ask. Nothing to whom it is not to be seen. */
export default function Advice({ p }: { p: Asked }) {
  const { t } = useWords();
  const file = useAdvice(p.id);
  const [open, setOpen] = useState(false);
  if (file.error) return hidden(file.error) ? null : <Trouble error={file.error} again={() => void file.refetch()} />;
  if (!file.data) return null;
  const { requests, may } = file.data;
  if (requests.length === 0 && !may.includes("advice.ask")) return null;
  return (
    <section className={styles.stack} aria-labelledby="advice">
      <h2 id="advice">{t("advice.title")}</h2>
      <p className={styles.quiet}>{t("advice.lead")}</p>
      {requests.map((r) => (
        <One key={r.id} p={p} request={r} />
      ))}
      {may.includes("advice.ask") &&
        (open ? (
          <Suspense>
            <AskAdvice p={p} file={file.data} done={() => setOpen(false)} />
          </Suspense>
        ) : (
          <div className={styles.acts}>
            <Button onClick={() => setOpen(true)}>{t("advice.ask")}</Button>
          </div>
        ))}
    </section>
  );
}

function One({ p, request: r }: { p: Asked; request: AdviceRequest }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [back, setBack] = useState(false);
  return (
    <article className={`${styles.card} ${r.state === "waiting" ? styles.now : ""}`} aria-labelledby={`advice-${r.number}`}>
      <h3 id={`advice-${r.number}`}>
        <bdi>{r.organisation.name}</bdi> <Counsel request={r} />
      </h3>
      <p className={styles.quiet}>
        {r.adviser && (
          <>
            <bdi>{r.adviser}</bdi>
            {" · "}
          </>
        )}
        {r.objectives.length > 0 &&
          `${t("advice.leads", { objectives: new Intl.ListFormat(language).format(r.objectives.map(String)) })} · `}
        {t("review.version", { n: r.version })}
      </p>
      <p lang={r.language} dir="auto">
        {r.text}
      </p>
      {r.state === "waiting" && (
        <p>
          {/* It ends as the next day begins: the minute before is the last of the last day. */}
          {t("advice.until")} <DateTime value={new Date(Date.parse(r.due) - 60_000).toISOString()} zone={fund.zone} />
        </p>
      )}
      {r.outcome && (
        <>
          <p className={styles.quiet}>
            <bdi>{r.outcome.by}</bdi>
            {" · "}
            <DateTime value={r.outcome.at} zone={fund.zone} />
          </p>
          <p className={styles.text} lang={r.outcome.language} dir="auto">
            {r.outcome.text}
          </p>
        </>
      )}
      {r.may.includes("advice.withdraw") &&
        (back ? (
          <Words
            id={`advice-withdrawal/${r.id}`}
            label={t("review.withdraw-why")}
            button={t("advice.withdraw")}
            act={async (key, body) =>
              (
                await client.POST("/advice-requests/{id}/withdrawal", {
                  params: { path: { id: r.id }, header: { "Idempotency-Key": key } },
                  body,
                })
              ).data!
            }
            then={(file: All) => queries.setQueryData(adviceKey(p.id), file)}
            leave={() => setBack(false)}
          />
        ) : (
          <div className={styles.acts}>
            <Button tone="quiet" onClick={() => setBack(true)}>
              {t("advice.withdraw")}
            </Button>
          </div>
        ))}
    </article>
  );
}
