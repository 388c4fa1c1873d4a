import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { client } from "../api/client";
import { faultsByField, type Problem } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import type { Checks } from "../screening/Checklist";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import styles from "./Register.module.css";

type Outcomes = components["schemas"]["ActOutcomes"];
const acts = ["eligible", "reopen", "decline", "agenda"] as const;
type ActName = (typeof acts)[number];
/** What is chosen, each with its version that was in the list: nothing is found eligible unread. */
export type Chosen = ReadonlyMap<string, number>;
type Given = { act: ActName; chosen: Chosen; reason: string; decision: string; meeting: string; checks: Checks };

// Of a finding alone.
const CommonList = lazy(async () => (await Promise.all([import("./CommonList"), bringArea("secretariat")]))[0]);

/** One act on many: the server asks its rules for each, and says beside each what it was refused for. */
export default function Many({ chosen, done }: { chosen: Chosen; done: (refused: Map<string, Problem>) => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const [act, setAct] = useState<ActName>("eligible");
  const [{ reason, decision, checks }, change, sent] = useTypedForm("register/many", { reason: "", decision: "", checks: {} as Checks });
  const [meeting, setMeeting] = useState("");
  const [outcome, setOutcome] = useState<Outcomes>();
  const meetings = useQuery({
    queryKey: ["meetings", "to come"],
    queryFn: async () => (await client.GET("/meetings", { params: { query: { state: ["planned", "open"] } } })).data!,
    enabled: act === "agenda",
  });
  const { run, busy, problem } = useAct(
    async (key: string, g: Given): Promise<Outcomes> => {
      const ids = [...g.chosen.keys()];
      const header = { "Idempotency-Key": key };
      switch (g.act) {
        case "eligible":
          return (
            await client.POST("/proposals/screenings", {
              params: { header },
              body: {
                submissions: [...g.chosen].map(([id, version]) => ({ id, version })),
                finding: { outcome: "eligible", reason: "", checks: marked(g.checks) },
              },
            })
          ).data as Outcomes;
        case "reopen":
          return (await client.POST("/proposals/reopenings", { params: { header }, body: { ids, reason: g.reason } })).data as Outcomes;
        case "decline":
          return (
            await client.POST("/proposals/declinings", {
              params: { header },
              body: { ids, declining: { ...(g.decision && { decision: g.decision }), reason: g.reason } },
            })
          ).data as Outcomes;
        case "agenda":
          return (
            await client.POST("/meetings/{id}/listings", {
              params: { path: { id: g.meeting }, header },
              body: { ids, kind: "grant", procedure: "consensus", text: g.reason, language },
            })
          ).data as Outcomes;
      }
    },
    async (o) => {
      if (o.refused === 0) await sent(); // else it is mended and asked again
      setOutcome(o);
      done(new Map(o.outcomes.flatMap((x) => (x.problem ? [[x.id, x.problem] as const] : []))));
      await Promise.all(["proposals", "proposal", "tasks"].map((k) => queries.invalidateQueries({ queryKey: [k] })));
    },
  );
  // What lacks on the list lacks for all alike, and is said at its place.
  const wrong: Record<string, string> = Object.assign(
    {},
    ...(outcome?.outcomes ?? []).map((x) => faultsByField(x.problem)),
    faultsByField(problem),
  );
  const send = (e: FormEvent) => {
    e.preventDefault();
    setOutcome(undefined);
    if (act !== "agenda" || meeting) void run({ act, chosen, reason, decision, meeting, checks });
  };
  return (
    <form className={styles.many} noValidate onSubmit={send}>
      <ErrorSummary problem={problem} />
      <h2>{t("register.chosen", { count: chosen.size })}</h2>
      <Choice id="act" label={t("register.act")} value={act} onChange={(e) => setAct(e.target.value as ActName)}>
        {acts.map((a) => (
          <option key={a} value={a}>
            {t(`register.act.${a}`)}
          </option>
        ))}
      </Choice>
      {act === "decline" && (
        <Field
          id="decision"
          label={t("register.decision")}
          optional
          value={decision}
          error={wrong.decision}
          onChange={(e) => change({ decision: e.target.value })}
        />
      )}
      {act === "agenda" && (
        <Choice id="meeting" label={t("register.meeting")} value={meeting} required onChange={(e) => setMeeting(e.target.value)}>
          <option value="" />
          {meetings.data?.map((m) => (
            <option key={m.id} value={m.id}>{`${m.ref} · ${m.title}`}</option>
          ))}
        </Choice>
      )}
      {act === "eligible" ? (
        <Suspense>
          <CommonList of={[...chosen.keys()][0]!} value={checks} change={(checks) => change({ checks })} wrong={wrong} />
        </Suspense>
      ) : (
        <TextField
          id="reason"
          rows={3}
          label={t(act === "agenda" ? "register.text" : "register.reason")}
          value={reason}
          error={wrong.reason}
          onChange={(e) => change({ reason: e.target.value })}
        />
      )}
      <div>
        <Button type="submit" tone="main" busy={busy}>
          {t("register.do")}
        </Button>
      </div>
      {outcome && <p role="status">{t("register.outcome", { done: outcome.done, refused: outcome.refused })}</p>}
      {outcome?.outcomes.map(
        (x) =>
          // Said here too: what changed meanwhile may have left the list.
          x.problem && (
            <p key={x.id} className={styles.refused}>
              <b>{x.problem.title}</b> {x.problem.detail}
            </p>
          ),
      )}
    </form>
  );
}

/** The answers that were given. */
const marked = (checks: Checks) =>
  Object.fromEntries(Object.entries(checks).flatMap(([key, { mark, remark }]) => (mark === "" ? [] : [[key, { mark, remark }]])));
