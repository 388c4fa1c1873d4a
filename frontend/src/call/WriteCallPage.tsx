import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link, Redirect } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import { useDraft } from "../draft/useDraft";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Steps } from "../ui/Steps/Steps";
import { useWords } from "../words/i18n";
import { type Call, callKey, type Draft, draftOf, type Step, steps, useCallFile } from "./call";

const Forms = lazy(async () => ({ default: (await import("./forms")).Forms }));
const Announcing = lazy(async () => ({ default: (await import("./Announcing")).Announcing }));
const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Draft> }));

/** The secretariat writes a call, step by step; what is written is kept as one goes. */
export default function WriteCallPage({ params }: { params: { id: string; step: string } }) {
  const { language } = useWords();
  const call = useCallFile(params.id, language);
  const session = useSession();
  const step = steps.find((s) => s === params.step);
  if (!step) return <NotFound />;
  if (call.error && !call.data) return <Trouble error={call.error} again={() => void call.refetch()} />;
  if (!call.data || !session.data) return <Waiting />;
  if (call.data.state !== "draft") return <Redirect to={`/office/calls/${params.id}`} />;
  return <Writing key={params.id} call={call.data} step={step} person={session.data.person.id} />;
}

function Writing({ call: c, step, person }: { call: Call; step: Step; person: string }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const rules = useRules().data;
  const draft = useDraft<Draft>({
    id: `calls/${c.id}`,
    person,
    server: { value: draftOf(c), version: c.version },
    put: async (value, version) => {
      const saved = (
        await client.PUT("/calls/{id}", { params: { path: { id: c.id }, header: { "If-Match": `"${version}"` } }, body: value })
      ).data!;
      queries.setQueryData([...callKey(c.id), language], saved);
      void queries.invalidateQueries({ queryKey: [...callKey(c.id), "lacks"] });
      return { value: draftOf(saved), version: saved.version };
    },
    read: async () => {
      const now = (await client.GET("/calls/{id}", { params: { path: { id: c.id } } })).data!;
      return { value: draftOf(now), version: now.version };
    },
  });
  if (!rules) return <Waiting />;
  const problem = draft.saving.state === "refused" ? draft.saving.problem : null;
  const next = steps[steps.indexOf(step) + 1];
  return (
    <>
      <PageHead
        title={t(`callpage.step.${step}`)}
        lead={t(`callpage.step.${step}.lead`)}
        crumbs={
          <>
            <Link href="/office/calls">{t("round.title")}</Link> / <bdi dir="auto">{draft.value.title || c.ref}</bdi>
          </>
        }
      />
      <div className={styles.two}>
        <div className={styles.stack}>
          {step === "check" ? (
            <Suspense fallback={<Waiting />}>
              <Announcing call={c} saving={draft.saving} flush={draft.save} />
            </Suspense>
          ) : (
            <>
              <ErrorSummary problem={problem} names={{}} />
              <Suspense fallback={<Waiting />}>
                <Forms step={step} value={draft.value} change={draft.change} errors={faultsByField(problem)} rules={rules} />
              </Suspense>
            </>
          )}
          <SavingLine saving={draft.saving} />
          {next && (
            <p className={styles.acts}>
              <Link className={styles.link} href={`/office/calls/${c.id}/write/${next}`}>
                {t("callpage.next", { step: t(`callpage.step.${next}`) })}
              </Link>
            </p>
          )}
        </div>
        <Steps
          label={t("callpage.steps")}
          here={`/office/calls/${c.id}/write/${step}`}
          steps={steps.map((s) => ({ name: t(`callpage.step.${s}`), href: `/office/calls/${c.id}/write/${s}`, state: "not-started" }))}
        />
      </div>
      {draft.conflict && (
        <Suspense>
          <Conflict
            mine={draft.conflict.mine}
            theirs={draft.conflict.theirs.value}
            onSettle={draft.settle}
            fields={(Object.keys(draft.conflict.mine) as (keyof Draft & string)[]).map((key) => ({
              key,
              label: t(`callpage.field.${key}`),
              text: (d) => (typeof d[key] === "string" ? (d[key] as string) : JSON.stringify(d[key], null, 1)),
            }))}
          />
        </Suspense>
      )}
    </>
  );
}
