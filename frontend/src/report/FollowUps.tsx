import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { useDone } from "./useDone";

type Recommendation = components["schemas"]["Recommendation"];
type State = components["schemas"]["FollowUpState"];
/** One word is written at a time: open says that it is this one's, show opens the form of one (0 of none). */
type Props = { programme: string; n: number; of: Recommendation; open: boolean; show: (n: number) => void };
const states: State[] = ["under-way", "done", "dropped"];
const tones = { "under-way": "link", done: "good", dropped: "plain" } as const;

/** What became of something that the management response promised, the newest first; and the word on it, where that is the reader's. */
export function FollowUps({ programme, n, of: r, open, show }: Props) {
  const { t } = useWords();
  const a = r.answer;
  if (!a?.due_on) return null;
  return (
    <div className={styles.tight} id={`r${n}`}>
      <p>
        {r.state ? (
          <Tag tone={tones[r.state as State]}>{t(`follow-up.${r.state as State}`)}</Tag>
        ) : (
          <span className={styles.quiet}>{t("follow-up.none")}</span>
        )}{" "}
        {r.overdue && <Tag tone="bad">{t("follow-up.overdue")}</Tag>}{" "}
        <span className={styles.quiet}>
          <bdi>{a.organisation}</bdi>, {t("follow-up.until")} <Day value={a.due_on} />
        </span>
      </p>
      {r.follow_ups.length > 0 && (
        <ol className={styles.rows} aria-label={t("follow-up.history", { n })}>
          {r.follow_ups.toReversed().map((f) => (
            <li key={f.at} className={styles.tight}>
              <span className={styles.quiet}>
                <Day value={f.on} /> · {t(`follow-up.${f.state}`)}
                {f.by && (
                  <>
                    {" · "}
                    <bdi>{f.by}</bdi>
                  </>
                )}
              </span>
              <span className={styles.text} dir="auto" lang={f.language}>
                {f.text}
              </span>
            </li>
          ))}
        </ol>
      )}
      {r.follows && !open && (
        <div className={styles.acts}>
          <Button onClick={() => show(n)} aria-label={`${t("follow-up.say")} (${n})`}>
            {t("follow-up.say")}
          </Button>
        </div>
      )}
      {r.follows && open && <Saying programme={programme} n={n} close={() => show(0)} />}
    </div>
  );
}

function Saying({ programme, n, close }: { programme: string; n: number; close: () => void }) {
  const { t, language } = useWords();
  const [typed, set, sent] = useTypedForm(`follow-up/${programme}/${n}`, { state: "", text: "", on: "" });
  const done = useDone("follow-up.said", sent);
  const say = useAct(
    async (key: string, body: components["schemas"]["FollowUpRequest"]) =>
      client.POST("/programmes/{id}/evaluation/follow-ups", {
        params: { path: { id: programme }, header: { "Idempotency-Key": key } },
        body,
      }),
    async () => {
      await done();
      close();
    },
  );
  const wrong = faultsByField(say.problem);
  return (
    <form
      className={styles.form}
      noValidate
      aria-label={t("follow-up.say-of", { n })}
      onSubmit={(e) => {
        e.preventDefault();
        void say.run({ recommendation: n, state: typed.state, text: typed.text, on: typed.on || null, language });
      }}
    >
      <ErrorSummary problem={say.problem} names={{ state: t("follow-up.state"), text: t("follow-up.text"), on: t("follow-up.day") }} />
      <Choice
        id="state"
        label={t("follow-up.state")}
        error={wrong.state}
        value={typed.state}
        onChange={(e) => set({ state: e.target.value })}
      >
        <option value="">{t("output.choose")}</option>
        {states.map((s) => (
          <option key={s} value={s}>
            {t(`follow-up.${s}`)}
          </option>
        ))}
      </Choice>
      <TextField
        id="text"
        rows={3}
        label={t("follow-up.text")}
        hint={t("follow-up.text-hint")}
        error={wrong.text}
        value={typed.text}
        onChange={(e) => set({ text: e.target.value })}
      />
      <Field
        id="on"
        type="date"
        dir="ltr"
        optional
        label={t("follow-up.day")}
        hint={t("follow-up.day-hint")}
        error={wrong.on}
        value={typed.on}
        onChange={(e) => set({ on: e.target.value })}
      />
      <div className={styles.acts}>
        <Button type="submit" tone="main" busy={say.busy}>
          {t("follow-up.send")}
        </Button>
        <Button onClick={close}>{t("follow-up.later")}</Button>
      </div>
    </form>
  );
}
