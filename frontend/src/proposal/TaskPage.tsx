import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useEffect, useState } from "react";
import { Link, Redirect, useLocation, useParams, useSearchParams } from "wouter";
import { client } from "../api/client";
import { useOrganisations } from "../api/organisations";
import { type Fault, faultsByField, type Problem } from "../api/problem";
import { useAttachments } from "../attachment/data";
import { Attachments } from "../attachment/lazy";
import { SavingLine } from "../draft/SavingLine";
import { useDraft } from "../draft/useDraft";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { ErrorSummary, findField } from "../ui/ErrorSummary/ErrorSummary";
import { Steps } from "../ui/Steps/Steps";
import { bringArea, useWords } from "../words/i18n";
import type { Around } from "./answers/Fields";
import type { TaskForm } from "./forms";
import styles from "./Proposal.module.css";
import {
  type Content,
  contentOf,
  named,
  type Proposal,
  type ProposalForm,
  proposalKey,
  saveContent,
  statesOf,
  taskOf,
  tasksOf,
  titleOf,
  useCall,
  useForm,
  useLacks,
  useProposal,
  useRules,
} from "./proposal";
import look from "./Task.module.css";

// Brought when they are needed: the first page of a proposal stays light.
const Clash = lazy(() => import("./Clash"));
const bring = (name: "Basics" | "Markers") => lazy(async () => ({ default: (await import("./forms"))[name] }));
const Money = lazy(async () => {
  const [{ BudgetTask }] = await Promise.all([import("../budget/BudgetTask"), bringArea("budget")]);
  return { default: BudgetTask };
});
const Endorsement = lazy(async () => ({ default: (await import("./Reach")).Endorsement }));
const AnswerField = lazy(async () => ({ default: (await import("./answers/Fields")).AnswerField }));
const Copying = lazy(async () => ({ default: (await import("./answers/Copying")).Copying }));
const Submitting = lazy(async () => ({ default: (await import("./Submitting")).Submitting }));

/** One task of a proposal; what is written is kept as one goes. */
export default function TaskPage() {
  const { id, task } = useParams<{ id: string; task: string }>();
  const proposal = useProposal(id);
  const session = useSession();
  const form = useForm(proposal.data?.phase, proposal.data?.form);
  const [copied, setCopied] = useState(0);
  if (proposal.error && !proposal.data) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (form.error) return <Trouble error={form.error} again={() => void form.refetch()} />;
  if (!proposal.data || !session.data || !form.data) return <Waiting />;
  if (!tasksOf(form.data).includes(task)) return <NotFound />;
  if (!proposal.data.may.includes("proposal.save")) return <Redirect to={`/proposals/${id}`} />;
  return (
    <Editing
      key={`${id} ${copied}`}
      p={proposal.data}
      form={form.data}
      task={task}
      person={session.data.person.id}
      onCopied={() => setCopied((n) => n + 1)}
    />
  );
}

/** The proposal's own fields, by the name of the part that a form shows them as. */
const parts: Record<string, ComponentType<TaskForm>> = {
  basics: bring("Basics"),
  scope: lazy(async () => ({ default: (await import("./Reach")).Scope })),
  markers: bring("Markers"),
  shares: Money,
};

type EditingProps = { p: Proposal; form: ProposalForm; task: string; person: string; onCopied: () => void };

function Editing({ p, form, task, person, onCopied }: EditingProps) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const rules = useRules(p.charter_version);
  const call = useCall(p.call);
  const orgs = useOrganisations();
  const lacks = useLacks(p.id, language);
  const files = useAttachments({ kind: "proposal", subject: p.id });
  const [search] = useSearchParams();
  const [place] = useLocation();
  const draft = useDraft<Content>({
    id: `proposals/${p.id}`,
    person,
    server: { value: contentOf(p), version: p.version },
    merge: async () => (await import("../budget/merge")).merged,
    put: (value, version) => saveContent(queries, p.id, value, version),
    read: async () => {
      const { data } = await client.GET("/proposals/{id}", { params: { path: { id: p.id } } });
      queries.setQueryData(proposalKey(p.id), data);
      return { value: contentOf(data as Proposal), version: (data as Proposal).version };
    },
  });
  const ready = rules.data !== undefined && orgs.data !== undefined && call.data !== undefined;

  // From the last page one comes to the very field; from elsewhere to the heading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once a page, when its fields are there
  useEffect(() => {
    const hash = decodeURIComponent(location.hash.slice(1));
    if (!hash || !ready) return;
    // A form that is still being brought has no fields yet.
    const until = Date.now() + 3000;
    const look = setInterval(() => {
      if (document.getElementById(hash) || Date.now() > until) {
        clearInterval(look);
        findField(hash)?.focus();
      }
    }, 50);
    return () => clearInterval(look);
  }, [place, ready]);

  const failed = rules.error ?? orgs.error ?? call.error;
  if (failed && !ready) return <Trouble error={failed} again={() => location.reload()} />;
  if (!ready) return <Waiting />;

  const checked = search.has("check");
  const own = (lacks.data?.lacks ?? []).filter((f) => taskOf(f) === task);
  const refused = draft.saving.state === "refused" ? draft.saving.problem : null;
  const problem: Problem | null = refused ?? (checked && own.length > 0 ? joined(own) : null);
  const states = statesOf(p, lacks.data, files.data?.items);
  const tasks = tasksOf(form);
  const section = form.sections.find((x) => x.key === task);
  const next = tasks[tasks.indexOf(task) + 1];
  const errors = faultsByField(problem);
  const given = { p, value: draft.value, change: draft.change, errors, rules: rules.data, call: call.data, organisations: orgs.data };
  const participants = draft.value.shares.flatMap((x) => orgs.data.filter((o) => o.id === x.organisation));
  const around: Around = {
    form,
    answers: draft.value.answers,
    written: draft.value.language,
    errors,
    participants,
    signatories: [...orgs.data.filter((o) => o.id === draft.value.state || draft.value.other_states.includes(o.id)), ...participants],
    currency: rules.data.maximum_amount.currency,
  };
  const answer = (key: string, v: unknown) =>
    draft.change((c) => {
      const { [key]: _, ...rest } = c.answers;
      return { ...c, answers: v === undefined ? rest : { ...rest, [key]: v } };
    });
  const org = (id: string | null) => orgs.data.find((o) => o.id === id);
  const short = (id: string | null, nobody: string) => org(id)?.short_name || (org(id)?.name ?? nobody);
  const label = (i: number) => short(draft.value.shares[i]?.organisation ?? null, t("money.row", { n: i + 1 }));
  const names: Record<string, string> = {
    title: t("field.title"),
    summary: t("field.summary"),
    language: t("field.language"),
    scope: t("field.scope"),
    state: t("field.state"),
    other_states: t("field.states"),
    ...Object.fromEntries(draft.value.other_states.map((_, i) => [`other_states-${i}`, t("field.state-n", { n: i + 2 })])),
    area: t("field.area"),
    objectives: t("field.objectives"),
    shares: t("field.shares"),
    ...Object.fromEntries(form.sections.flatMap((x) => x.fields).map((f) => [`answers-${f.key}`, named(f.label, language)])),
    ...Object.fromEntries(
      draft.value.shares.flatMap((_, i) => [
        [`shares-${i}-amount`, t("money.cell", { organisation: label(i) })],
        [`shares-${i}-organisation`, t("money.row", { n: i + 1 })],
      ]),
    ),
    ...Object.fromEntries(
      rules.data.markers.flatMap((m) => {
        const name = named(m.name, language);
        return [
          [`markers-${m.key}`, name],
          [`markers-${m.key}-code`, name],
          [`markers-${m.key}-reason`, t("marker.reason-of", { marker: name })],
        ];
      }),
    ),
  };
  return (
    <div className={styles.stepped}>
      <Steps
        label={t("proposal.tasks")}
        here={`/proposals/${p.id}/${task}`}
        steps={tasks.map((key) => ({
          name: titleOf(form, key, t, language),
          href: `/proposals/${p.id}/${key}`,
          state: key === "check" ? "not-started" : (states[key] ?? "not-started"),
        }))}
      />
      <div>
        <PageHead
          title={titleOf(form, task, t, language)}
          lead={section ? named(section.lead, language) : t(`task.${task}.lead`)}
          crumbs={
            <>
              <Link href={`/proposals/${p.id}`}>
                <bdi dir="auto">{draft.value.title || p.ref}</bdi>
              </Link>
              {" / "}
              {t("task.step", { n: tasks.indexOf(task) + 1, of: tasks.length })}
            </>
          }
        />
        <div className={styles.form}>
          {task !== "check" && <ErrorSummary problem={summarised(problem, refused !== null)} names={names} />}
          {section && (
            <Suspense>
              <Copying p={p} section={task} flush={draft.save} onCopied={onCopied} />
            </Suspense>
          )}
          {task !== "check" ? (
            <div className={`${styles.sheet} ${styles.form}`}>
              <Suspense fallback={<Waiting />}>
                {task === "endorsement" && <Endorsement p={p} />}
                {task === "attachments" && <Attachments kind="proposal" subject={p.id} />}
                {section?.fields.map((f) => {
                  const Part = f.kind === "part" ? parts[f.key] : undefined;
                  if (Part) return <Part key={f.key} {...given} />;
                  if (f.kind === "part") return <p key={f.key}>{t("form.elsewhere")}</p>;
                  return (
                    <AnswerField
                      key={f.key}
                      field={f}
                      id={`answers-${f.key}`}
                      value={draft.value.answers[f.key]}
                      set={(v) => answer(f.key, v)}
                      around={around}
                    />
                  );
                })}
              </Suspense>
            </div>
          ) : (
            <Suspense fallback={<Waiting />}>
              <Submitting
                p={p}
                content={draft.value}
                form={form}
                rules={rules.data}
                organisations={orgs.data}
                names={names}
                flush={draft.save}
                saving={draft.saving}
              />
            </Suspense>
          )}
          <SavingLine saving={draft.saving} />
          <div className={styles.buttons}>
            {next && (
              <Link className={look.next} href={`/proposals/${p.id}/${next}`}>
                {t("task.next", { task: titleOf(form, next, t, language) })}
              </Link>
            )}
            <Link href={`/proposals/${p.id}`}>{t("task.all")}</Link>
          </div>
        </div>
      </div>
      {draft.conflict && (
        <Suspense>
          <Clash
            mine={draft.conflict.mine}
            theirs={draft.conflict.theirs.value}
            onSettle={draft.settle}
            form={form}
            rules={rules.data}
            organisations={orgs.data}
          />
        </Suspense>
      )}
    </div>
  );
}

const joined = (faults: Fault[]): Problem =>
  ({ type: "", code: faults[0]!.code, title: faults[0]!.title, status: 422, errors: faults }) as Problem;

// One and the same list of faults is one object: the summary takes the focus when it appears, not at each key.
let last: { text: string; problem: Problem | null } = { text: "", problem: null };
function summarised(problem: Problem | null, refused: boolean): Problem | null {
  // What is only missing stands at its field: the summary is for what was refused.
  if (!refused) return null;
  const text = JSON.stringify(problem);
  if (last.text !== text) last = { text, problem };
  return last.problem;
}
