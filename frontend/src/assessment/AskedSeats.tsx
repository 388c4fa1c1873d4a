import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { Tag, type Tone } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Asked, type Assessed, type Assessors, lastOf, useNow } from "./assessors";
import own from "./assessors.module.css";

const tones: Record<Asked["state"], Tone> = { waiting: "plain", in: "good", "taken-back": "plain", "kept-out": "warn" };

/** One proposal: the seats that are asked, how each stands, and one more asked by hand. */
export function AskedSeats({ file, of, rules }: { file: Assessors; of: Assessed; rules: Rules }) {
  const { t } = useWords();
  const [off, setOff] = useState("");
  const holder = (seat: string, name: string) => file.seats.find((s) => s.id === seat)?.organisation.name ?? name;
  return (
    <section className={`${styles.card} ${styles.tight}`} aria-labelledby={of.proposal}>
      <h2 id={of.proposal}>
        <Link href={`/dossiers/${of.proposal}`}>
          <bdi className="ref">{of.ref}</bdi> <span dir="auto">{of.title}</span>
        </Link>
      </h2>
      <p>
        {t("assessors.scored", { count: of.scored })} {of.lacking > 0 && t("assessors.lacks", { count: of.lacking })}
      </p>
      <ul className={own.seats}>
        {of.asked.map((a) => (
          <li key={a.id}>
            <span className={own.seat}>
              <bdi>{holder(a.seat, a.name)}</bdi>
              <Tag tone={a.late ? "bad" : tones[a.state]}>{t(`assessors.state.${a.late ? "late" : a.state}`)}</Tag>
              {a.state === "waiting" && (
                <span>
                  {t("assessors.until")} <Moment value={lastOf(a.due)} zone={fund.zone} />
                </span>
              )}
              {a.state !== "in" && a.state !== "taken-back" && file.may.includes("assessment.take-back") && off !== a.id && (
                <Button tone="quiet" onClick={() => setOff(a.id)}>
                  {t("assessors.take-back")}
                </Button>
              )}
            </span>
            {a.reason && (
              <span className={own.why} dir="auto">
                {a.reason}
              </span>
            )}
            {off === a.id && <TakeBack call={file.call} asked={a} done={() => setOff("")} />}
          </li>
        ))}
      </ul>
      {file.may.includes("assessment.ask") && <AskOneMore file={file} of={of} rules={rules} />}
    </section>
  );
}

function TakeBack({ call, asked, done }: { call: string; asked: Asked; done: () => void }) {
  const { t } = useWords();
  const now = useNow(call);
  const [{ reason }, change, forget] = useTypedForm(`assessor-off/${asked.id}`, { reason: "" });
  const act = useAct(
    async (key: string, body: { reason: string }) =>
      (await client.POST("/assignments/{id}/ending", { params: { path: { id: asked.id }, header: { "Idempotency-Key": key } }, body }))
        .data!,
    async (file: Assessors) => {
      await forget();
      done();
      now(file);
    },
  );
  return (
    <ActForm
      plain
      act={act}
      names={{ reason: t("assessors.reason") }}
      button={t("assessors.take-back")}
      send={() => void act.run({ reason })}
      leave={done}
    >
      <TextField
        id={`off-${asked.id}`}
        rows={2}
        label={t("assessors.reason")}
        error={faultsByField(act.problem).reason}
        value={reason}
        onChange={(e) => change({ reason: e.target.value })}
      />
    </ActForm>
  );
}

function AskOneMore({ file, of, rules }: { file: Assessors; of: Assessed; rules: Rules }) {
  const { t, language } = useWords();
  const toast = useToast();
  const now = useNow(file.call);
  const [asked, change, forget] = useTypedForm(`assessor-asked/${of.proposal}`, { seat: "", due: file.least, reason: "" });
  const act = useAct(
    async (key: string, body: typeof asked) =>
      (
        await client.POST("/proposals/{id}/assessors", {
          params: { path: { id: of.proposal }, header: { "Idempotency-Key": key } },
          body,
        })
      ).data!,
    async (done: Assessors) => {
      await forget();
      now(done);
      toast(t("assessors.asked"));
    },
  );
  const wrong = faultsByField(act.problem);
  const list = new Intl.ListFormat(language);
  const beside = (seat: string) => of.seats.find((s) => s.seat === seat);
  const why = (s: Assessors["seats"][number]) => {
    const b = beside(s.id);
    const kept = b?.kept.map((k) => named(rules.interests.find((i) => i.key === k)?.name, language, k)) ?? [];
    return [
      s.organisation.name,
      kept.length > 0 && list.format(kept),
      b && b.leads.length > 0 && t("assessors.leads", { objectives: list.format(b.leads.map(String)) }),
    ]
      .filter(Boolean)
      .join(" · ");
  };
  return (
    <details className={styles.more}>
      <summary>{t("assessors.one-more")}</summary>
      <ActForm
        plain
        act={act}
        names={{ seat: t("assessors.seat"), due: t("assessors.due"), reason: t("assessors.reason") }}
        button={t("assessors.ask")}
        send={() => void act.run(asked)}
      >
        <Choice
          id={`seat-${of.proposal}`}
          label={t("assessors.seat")}
          error={wrong.seat}
          value={asked.seat}
          onChange={(e) => change({ seat: e.target.value })}
        >
          <option value="">{t("assessors.choose")}</option>
          {file.seats.map((s) => (
            <option key={s.id} value={s.id} disabled={(beside(s.id)?.kept.length ?? 0) > 0}>
              {why(s)}
            </option>
          ))}
        </Choice>
        <Field
          id={`due-${of.proposal}`}
          type="date"
          label={t("assessors.due")}
          hint={t("assessors.due-hint", { count: file.days })}
          min={file.least}
          error={wrong.due}
          value={asked.due}
          onChange={(e) => change({ due: e.target.value })}
        />
        <TextField
          id={`reason-${of.proposal}`}
          rows={2}
          label={t("assessors.reason")}
          error={wrong.reason}
          value={asked.reason}
          onChange={(e) => change({ reason: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
