import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, lazy, Suspense, useEffect } from "react";
import { Link, Redirect, useLocation, useParams, useSearchParams } from "wouter";
import { client } from "../api/client";
import { type Fault, faultsByField, type Problem } from "../api/problem";
import { useAttachments } from "../attachment/data";
import { Attachments } from "../attachment/lazy";
import { merged } from "../budget/merge";
import { SavingLine } from "../draft/SavingLine";
import { useDraft } from "../draft/useDraft";
import { formatAmount } from "../money/money";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { ErrorSummary, findField } from "../ui/ErrorSummary/ErrorSummary";
import { Steps } from "../ui/Steps/Steps";
import { bringArea, useWords } from "../words/i18n";
import type { TaskForm } from "./forms";
import styles from "./Proposal.module.css";
import {
  type Content,
  contentOf,
  isTask,
  named,
  type Proposal,
  proposalKey,
  saveContent,
  statesOf,
  type TaskKey,
  taskOf,
  tasks,
  useCall,
  useLacks,
  useOrganisations,
  useProposal,
  useRules,
} from "./proposal";

// Brought when they are needed: the first page of a proposal stays light.
const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Content> }));
const form = (name: "Basics" | "Scope" | "Markers" | "Endorsement") => lazy(async () => ({ default: (await import("./forms"))[name] }));
const Money = lazy(async () => {
  const [{ BudgetTask }] = await Promise.all([import("../budget/BudgetTask"), bringArea("budget")]);
  return { default: BudgetTask };
});
const Submitting = lazy(async () => ({ default: (await import("./Submitting")).Submitting }));

/** One task of a proposal; what is written is kept as one goes. */
export default function TaskPage() {
  const { id, task } = useParams<{ id: string; task: string }>();
  const proposal = useProposal(id);
  const session = useSession();
  if (!isTask(task)) return <NotFound />;
  if (proposal.error && !proposal.data) return <Trouble error={proposal.error} again={() => void proposal.refetch()} />;
  if (!proposal.data || !session.data) return <Waiting />;
  if (!proposal.data.may.includes("proposal.save")) return <Redirect to={`/proposals/${id}`} />;
  return <Editing key={id} p={proposal.data} task={task} person={session.data.person.id} />;
}

const Files = ({ p }: TaskForm) => <Attachments kind="proposal" subject={p.id} />;
const forms: Partial<Record<TaskKey, ComponentType<TaskForm>>> = {
  basics: form("Basics"),
  scope: form("Scope"),
  markers: form("Markers"),
  money: Money,
  attachments: Files,
  endorsement: form("Endorsement"),
};

function Editing({ p, task, person }: { p: Proposal; task: TaskKey; person: string }) {
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
    merge: merged,
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
  const own = (lacks.data ?? []).filter((f) => taskOf(f) === task);
  const refused = draft.saving.state === "refused" ? draft.saving.problem : null;
  const problem: Problem | null = refused ?? (checked && own.length > 0 ? joined(own) : null);
  const states = statesOf(p, lacks.data, files.data?.items);
  const Form = forms[task];
  const next = tasks[tasks.indexOf(task) + 1];
  const org = (id: string | null) => orgs.data.find((o) => o.id === id);
  const label = (i: number) => org(draft.value.shares[i]?.organisation ?? null)?.code ?? t("money.row", { n: i + 1 });
  const names: Record<string, string> = {
    title: t("field.title"),
    summary: t("field.summary"),
    language: t("field.language"),
    state: t("field.state"),
    area: t("field.area"),
    objectives: t("field.objectives"),
    shares: t("field.shares"),
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
          name: t(`task.${key}`),
          href: `/proposals/${p.id}/${key}`,
          state: key === "check" ? "not-started" : states[key],
        }))}
      />
      <div>
        <PageHead
          title={t(`task.${task}`)}
          lead={t(`task.${task}.lead`)}
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
          {Form ? (
            <div className={`${styles.sheet} ${styles.form}`}>
              <Suspense fallback={<Waiting />}>
                <Form
                  p={p}
                  value={draft.value}
                  change={draft.change}
                  errors={faultsByField(problem)}
                  rules={rules.data}
                  call={call.data}
                  organisations={orgs.data}
                />
              </Suspense>
            </div>
          ) : (
            <Suspense fallback={<Waiting />}>
              <Submitting
                p={p}
                content={draft.value}
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
            {next && <Link href={`/proposals/${p.id}/${next}`}>{t("task.next", { task: t(`task.${next}`) })}</Link>}
            <Link href={`/proposals/${p.id}`}>{t("task.all")}</Link>
          </div>
        </div>
      </div>
      {draft.conflict && (
        <Suspense>
          <Conflict
            mine={draft.conflict.mine}
            theirs={draft.conflict.theirs.value}
            onSettle={draft.settle}
            fields={[
              { key: "title", label: t("field.title"), text: (c) => c.title },
              { key: "summary", label: t("field.summary"), text: (c) => c.summary },
              { key: "language", label: t("field.language") },
              { key: "state", label: t("field.state"), text: (c) => org(c.state)?.name ?? "" },
              { key: "area", label: t("field.area"), text: (c) => named(rules.data.areas.find((a) => a.key === c.area)?.name, language) },
              { key: "objectives", label: t("field.objectives"), text: (c) => c.objectives.join(", ") },
              {
                key: "markers",
                label: t("task.markers"),
                text: (c) =>
                  rules.data.markers
                    .map((m) => `${named(m.name, language)}: ${c.markers[m.key]?.code ?? ""} ${c.markers[m.key]?.reason ?? ""}`)
                    .join("\n"),
              },
              {
                key: "shares",
                label: t("field.shares"),
                text: (c) =>
                  c.shares
                    .map((s) => `${org(s.organisation)?.code ?? "–"}: ${s.amount ? formatAmount(s.amount.amount, language) : "–"}`)
                    .join("\n"),
              },
            ]}
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
