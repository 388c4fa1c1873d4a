import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { useTyped } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { bringArea, useWords } from "../words/i18n";
import { ActForm } from "./ActForm";
import styles from "./decision.module.css";
import { within } from "./within";

// Few items are joined ad referendum: their page has no room for these words itself.
await bringArea("referendum");

type Time = components["schemas"]["Referendum"];
const tones = { open: "warn", confirmed: "good", "not-confirmed": "bad", "silence-confirms": "good", "silence-refuses": "bad" } as const;

/** Who joined subject to their capital, until when that may speak, and where each stands; one's own answer. */
export default function Referendum({ of: r, question, mine }: { of: Time; question?: string; mine?: boolean }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <section className={`${styles.card} ${styles.tight}`} aria-labelledby="referendum">
      <h2 id="referendum">{t("referendum.title")}</h2>
      <p>{t(r.waits ? "referendum.waits" : "referendum.stands")}</p>
      <p>
        {t(r.over ? "referendum.ended" : "referendum.until")} <DateTime value={r.ends_at} zone={fund.zone} />
      </p>
      <p className={styles.quiet}>{t(`referendum.silence.${r.silence}`)}</p>
      {r.seats && (
        <ul className={styles.rows}>
          {r.seats.map((s) => (
            <li key={s.seat} className={styles.row}>
              <span>
                <span className={styles.who}>
                  <bdi>{name(s.organisation)}</bdi>
                </span>
                {s.at && (
                  <span className={styles.quiet}>
                    <bdi>{s.by}</bdi>, <DateTime value={s.at} zone={fund.zone} />
                  </span>
                )}
                {s.reason && (
                  <q className={styles.said} dir="auto">
                    {s.reason}
                  </q>
                )}
              </span>
              <Tag tone={tones[s.stands]}>{t(`referendum.seat.${s.stands}`)}</Tag>
            </li>
          ))}
        </ul>
      )}
      {question && mine && <Answering question={question} />}
    </section>
  );
}

/** The capital confirms, or does not and says why. */
function Answering({ question }: { question: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [reason, setReason, sent] = useTyped(`referendum/${question}`, "");
  const act = within(
    useAct(
      async (key: string, confirmed: boolean, why: string) =>
        client.POST("/questions/{id}/confirmations", {
          params: { path: { id: question }, header: { "Idempotency-Key": key } },
          body: { confirmed, reason: why },
        }),
      async () => {
        sent();
        await Promise.all(["question", "tasks", "decisions"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      },
    ),
    "capital",
  );
  return (
    <ActForm
      plain
      head={
        <>
          <h3>{t("referendum.answer")}</h3>
          <p>{t("referendum.answer-lead")}</p>
        </>
      }
      act={act}
      names={{ "capital-reason": t("referendum.reason") }}
      button={t("referendum.refuse")}
      tone="plain"
      send={() => void act.run(false, reason.trim())}
    >
      <TextField
        id="capital-reason"
        rows={2}
        label={t("referendum.reason")}
        hint={t("referendum.reason-hint")}
        error={faultsByField(act.problem)["capital-reason"]}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
      />
      <div className={styles.acts}>
        <Button tone="main" busy={act.busy} onClick={() => void act.run(true, reason.trim())}>
          {t("referendum.confirm")}
        </Button>
      </div>
    </ActForm>
  );
}
