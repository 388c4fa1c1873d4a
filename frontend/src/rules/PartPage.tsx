import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import page from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useWords } from "../words/i18n";
import { Both } from "./Both";
import { useWriting } from "./keeping";
import { type Draft, draftKey, type Edit, parts, useRulesDraft } from "./rules";

const RuleForm = lazy(async () => ({ default: (await import("./RuleForm")).RuleForm }));
const Members = lazy(async () => ({ default: (await import("./Members")).Members }));

/** One part of a draft: every rule of it, changed in a field of its own kind. */
export default function PartPage({ params }: { params: { id: string; part: string } }) {
  const { language } = useWords();
  const draft = useRulesDraft(params.id, language);
  const person = useSession().data?.person.id;
  const part = parts.find((p) => p === params.part);
  if (!part) return <NotFound />;
  if (draft.error && !draft.data) return <Trouble error={draft.error} again={() => void draft.refetch()} />;
  if (!draft.data || !person) return <Waiting />;
  return <Writing key={draft.data.base} of={draft.data} part={part} person={person} />;
}

function Writing({ of: d, part, person }: { of: Draft; part: string; person: string }) {
  const { t, language } = useWords();
  const draft = useWriting(d, person, language);
  const rules = useQuery({
    queryKey: [...draftKey(d.id), "part", part, language],
    queryFn: async () => (await client.GET("/charter/drafts/{id}/parts/{part}", { params: { path: { id: d.id, part } } })).data!,
    placeholderData: (before) => before,
  });
  if (rules.error) return <Trouble error={rules.error} again={() => void rules.refetch()} />;
  if (!rules.data) return <Waiting />;
  const may = d.may.includes("charter.draft");
  const { edits } = draft.value;
  const change = (make: (edits: Edit[]) => Edit[]) => draft.change((now) => ({ ...now, edits: make(now.edits) }));
  const gone = (path: string) => edits.some((e) => e.do === "remove" && path.startsWith(`${e.path}/`));
  const problem = draft.saving.state === "refused" ? draft.saving.problem : null;
  return (
    <>
      <PageHead
        title={t(`rules.part.${part}`)}
        lead={t("rules.part-lead")}
        crumbs={
          <>
            <Link href="/charter">{t("rules.title")}</Link> / <Link href={`/charter/drafts/${d.id}`}>{d.ref}</Link>
          </>
        }
      />
      <div className={page.stack}>
        <ErrorSummary problem={problem} />
        <p>{t("rules.english")}</p>
        <Suspense fallback={<Waiting />}>
          {rules.data.rules
            .filter((r) => !gone(r.path))
            .map((r) => (
              <RuleForm
                key={r.path}
                rule={r}
                base={d.differences.find((x) => x.path === r.path)?.was ?? null}
                edit={edits.find((e) => e.do === "set" && e.path === r.path)}
                error={d.lacks
                  .filter((l) => l.field === r.path)
                  .map((l) => l.detail || l.title)
                  .join(" ")}
                locked={!may}
                set={(edit) => change((now) => [...now.filter((e) => !(e.do === "set" && e.path === r.path)), ...(edit ? [edit] : [])])}
              />
            ))}
          {may && rules.data.lists.length > 0 && (
            <Members
              lists={rules.data.lists}
              called={rules.data.called}
              rules={rules.data.rules.map((r) => r.path)}
              edits={edits}
              change={change}
            />
          )}
        </Suspense>
        <SavingLine saving={draft.saving} />
        <p>
          <Link href={`/charter/drafts/${d.id}`}>{t("rules.back")}</Link>
        </p>
        <Both draft={draft} called={d.called} />
      </div>
    </>
  );
}
