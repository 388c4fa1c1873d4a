import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import page from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Differences } from "./Differences";
import { toneOf } from "./Drafts";
import { Rebasing } from "./Rebasing";
import styles from "./Rules.module.css";
import { called, type Draft, draftKey, partOf, parts, useRulesDraft, useWriting, type Written } from "./rules";

const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Written> }));

/** A draft of a new version: what it changes, what stands in its way, and where it is. */
export default function DraftPage({ params }: { params: { id: string } }) {
  const { language } = useWords();
  const draft = useRulesDraft(params.id, language);
  const person = useSession().data?.person.id;
  if (draft.error && !draft.data) return <Trouble error={draft.error} again={() => void draft.refetch()} />;
  if (!draft.data || !person) return <Waiting />;
  return <File key={`${draft.data.id} ${draft.data.base} ${draft.data.state}`} of={draft.data} person={person} />;
}

function File({ of: d, person }: { of: Draft; person: string }) {
  const { t, language } = useWords();
  const writes = d.may.includes("charter.draft");
  return (
    <>
      <PageHead
        title={d.title}
        lead={t("rules.draft-lead", { ref: d.ref, base: d.base, by: d.by })}
        crumbs={<Link href="/charter">{t("rules.title")}</Link>}
      />
      <div className={page.stack}>
        <p>
          <Tag tone={toneOf(d.state)}>{t(`rules.state.${d.state}`)}</Tag> <DateTime value={d.updated_at} />
        </p>
        {d.decision && (
          <p>
            <Link href={`/decisions/${d.decision}`}>{t("rules.by-decision", { number: d.decision })}</Link>{" "}
            <Link href={`/charter?version=${d.became}`}>{t("rules.version-n", { n: d.became ?? 0 })}</Link>
          </p>
        )}
        {d.agenda && (
          <p>
            <Link href={`/questions/${d.agenda.question}`}>{t("rules.on-agenda", { item: d.agenda.ref })}</Link>
          </p>
        )}
        {d.rebasing && <Rebasing of={d} to={d.rebasing} />}
        {d.state === "draft" && d.lacks.length > 0 && <Lacks of={d} />}
        {d.may.includes("question.list") && (
          <p className={page.calm}>
            <b>{t("rules.ready")}</b>
            <Link href="/meetings">{t("rules.ready-how")}</Link>
          </p>
        )}
        {writes ? (
          <Words of={d} person={person} />
        ) : (
          <>
            {d.note && (
              <p lang={d.language} dir="auto">
                {d.note}
              </p>
            )}
            <p>{d.effective_from ? t("rules.from", { day: formatDay(d.effective_from, language) }) : t("rules.from-decision")}</p>
          </>
        )}
        {writes && (
          <section className={page.tight}>
            <h2>{t("rules.parts")}</h2>
            <ul className={page.list}>
              {parts.map((part) => {
                const count = d.edits.filter((e) => partOf(e.path) === part).length;
                return (
                  <li key={part}>
                    <Link href={`/charter/drafts/${d.id}/${part}`}>{t(`rules.part.${part}`)}</Link>{" "}
                    {count > 0 && <Tag tone="link">{t("rules.changed", { count })}</Tag>}
                  </li>
                );
              })}
            </ul>
          </section>
        )}
        <h2>{t("rules.compared", { base: d.base })}</h2>
        <Differences
          of={d.differences}
          was={t("rules.version-n", { n: d.base })}
          is={d.became ? t("rules.version-n", { n: d.became }) : t("rules.drafted")}
        />
        {d.may.includes("charter.withdraw") && <Withdraw of={d} />}
      </div>
    </>
  );
}

/** All that stands in the way of putting it to the body, each leading to its rule. */
function Lacks({ of: d }: { of: Draft }) {
  const { t } = useWords();
  return (
    <section className={page.note} aria-labelledby="lacks">
      <h2 id="lacks">{t("rules.lacks")}</h2>
      <ul className={page.list}>
        {d.lacks.map((l, i) => {
          const part = partOf(l.field ?? "");
          const known = (parts as readonly string[]).includes(part);
          return (
            <li key={`${l.code} ${l.field} ${i}`}>
              {known && d.may.includes("charter.draft") ? (
                <Link href={`/charter/drafts/${d.id}/${part}`}>
                  {t(`rules.part.${part}`)}: <bdi lang="en">{called(l.field!)}</bdi>
                </Link>
              ) : null}{" "}
              {l.detail || l.title}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Words({ of: d, person }: { of: Draft; person: string }) {
  const { t, language } = useWords();
  const draft = useWriting(d, person, language);
  const problem = draft.saving.state === "refused" ? draft.saving.problem : null;
  const wrong = faultsByField(problem);
  const day = d.lacks.find((l) => l.field === "/effective_from");
  const { value, change } = draft;
  const set = (part: Partial<Written>) => change((now) => ({ ...now, ...part }));
  return (
    <div className={page.form}>
      <ErrorSummary problem={problem} names={{ title: t("rules.draft-title") }} />
      <Field
        id="title"
        lang={value.language}
        label={t("rules.draft-title")}
        error={wrong.title}
        value={value.title}
        onChange={(e) => set({ title: e.target.value })}
      />
      <Field
        id="effective_from"
        type="date"
        optional
        label={t("rules.from-day")}
        hint={t("rules.from-day-hint")}
        error={wrong.effective_from ?? day?.detail ?? day?.title}
        value={value.effective_from ?? ""}
        onChange={(e) => set({ effective_from: e.target.value || null })}
      />
      <TextField
        id="note"
        optional
        lang={value.language}
        label={t("rules.note")}
        hint={t("rules.note-hint")}
        error={wrong.note}
        value={value.note}
        onChange={(e) => set({ note: e.target.value })}
      />
      <Choice
        id="language"
        label={t("rules.language")}
        error={wrong.language}
        value={value.language}
        onChange={(e) => set({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <SavingLine saving={draft.saving} />
      {draft.conflict && <Both draft={draft} />}
    </div>
  );
}

/** What two wrote over one version; nobody chooses for them. */
export function Both({ draft }: { draft: ReturnType<typeof useWriting> }) {
  const { t } = useWords();
  if (!draft.conflict) return null;
  const label = {
    title: "rules.draft-title",
    language: "rules.language",
    note: "rules.note",
    effective_from: "rules.from-day",
    edits: "rules.changes",
  };
  return (
    <Suspense>
      <Conflict
        mine={draft.conflict.mine}
        theirs={draft.conflict.theirs.value}
        onSettle={draft.settle}
        fields={(Object.keys(label) as (keyof typeof label)[]).map((key) => ({
          key,
          label: t(label[key]),
          text: (w: Written) =>
            key === "edits" ? w.edits.map((e) => `${e.path} = ${JSON.stringify(e.value ?? e.do)}`).join("\n") : String(w[key] ?? ""),
        }))}
      />
    </Suspense>
  );
}

function Withdraw({ of: d }: { of: Draft }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const act = useAct(
    (key: string) =>
      client.POST("/charter/drafts/{id}/withdrawal", {
        params: { path: { id: d.id }, header: { "If-Match": `"${d.version}"`, "Idempotency-Key": key } },
      }),
    () => queries.invalidateQueries({ queryKey: draftKey(d.id) }),
  );
  return (
    <details className={styles.part}>
      <summary>{t("rules.withdraw")}</summary>
      <div className={page.stack}>
        <ErrorSummary problem={act.problem} />
        <p>{t("rules.withdraw-hint")}</p>
        <div className={page.acts}>
          <Button busy={act.busy} onClick={() => void act.run()}>
            {t("rules.withdraw-do")}
          </Button>
        </div>
      </div>
    </details>
  );
}
