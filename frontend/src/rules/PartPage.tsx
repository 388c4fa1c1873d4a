import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client } from "../api/client";
import page from "../decision/decision.module.css";
import { SavingLine } from "../draft/SavingLine";
import NotFound from "../shell/NotFound";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { Both } from "./DraftPage";
import { RuleForm } from "./RuleForm";
import { called, type Draft, draftKey, type Edit, parts, useRulesDraft, useWriting } from "./rules";

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
          <Members lists={rules.data.lists} rules={rules.data.rules.map((r) => r.path)} edits={edits} change={change} />
        )}
        <SavingLine saving={draft.saving} />
        <p>
          <Link href={`/charter/drafts/${d.id}`}>{t("rules.back")}</Link>
        </p>
        <Both draft={draft} />
      </div>
    </>
  );
}

/** Who stands in a list: members go, and others come, each with a key that records keep for ever. */
function Members({
  lists,
  rules,
  edits,
  change,
}: {
  lists: string[];
  rules: string[];
  edits: Edit[];
  change: (make: (edits: Edit[]) => Edit[]) => void;
}) {
  const { t } = useWords();
  const [key, setKey] = useState<Record<string, string>>({});
  return (
    <>
      {lists.map((list) => {
        const depth = list.split("/").length;
        const there = [
          ...new Set(
            rules
              .filter((p) => p.startsWith(`${list}/`))
              .map((p) =>
                p
                  .split("/")
                  .slice(0, depth + 1)
                  .join("/"),
              ),
          ),
        ];
        const out = edits.filter((e) => e.do === "remove" && e.path.split("/").slice(0, -1).join("/") === list).map((e) => e.path);
        return (
          <details key={list}>
            <summary>
              {t("rules.members")} <bdi lang="en">{called(list) || called(`/x${list}`)}</bdi>
            </summary>
            <ul className={page.list}>
              {[...new Set([...there, ...out])].map((path) => {
                const removed = out.includes(path);
                const added = edits.some((e) => e.do === "add" && e.path === path);
                const name = path.slice(list.length + 1);
                const within = (e: Edit) => e.path === path || e.path.startsWith(`${path}/`);
                return (
                  <li key={path}>
                    {removed ? <del>{name}</del> : <bdi lang="en">{name}</bdi>}{" "}
                    <Button
                      onClick={() =>
                        change((now) =>
                          removed || added ? now.filter((e) => !within(e)) : [...now.filter((e) => !within(e)), { path, do: "remove" }],
                        )
                      }
                    >
                      {t(removed ? "rules.put-back" : "rules.take-out", { name })}
                    </Button>
                  </li>
                );
              })}
            </ul>
            <Field
              id={`add-${list.slice(1).replaceAll("/", "-")}`}
              label={t("rules.new-key")}
              hint={t("rules.new-key-hint")}
              value={key[list] ?? ""}
              onChange={(e) => setKey({ ...key, [list]: e.target.value })}
            />
            <div className={page.acts}>
              <Button
                onClick={() => {
                  const name = (key[list] ?? "").trim();
                  if (name) change((now) => [...now, { path: `${list}/${name}`, do: "add" }]);
                  setKey({ ...key, [list]: "" });
                }}
              >
                {t("rules.add")}
              </Button>
            </div>
          </details>
        );
      })}
    </>
  );
}
