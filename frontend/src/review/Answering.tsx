import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { attachmentsKey } from "../attachment/data";
import { Attachments } from "../attachment/lazy";
import styles from "../decision/decision.module.css";
import { merge } from "../draft/merge";
import { SavingLine } from "../draft/SavingLine";
import { useDraft } from "../draft/useDraft";
import { useSession } from "../shell/session";
import { Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Asked, type Clarifications, type Language, type Thread, took } from "./data";
import { Tongue } from "./Tongue";

type Content = { language: Language; text: string };
const Conflict = lazy(async () => ({ default: (await import("../draft/Conflict")).Conflict<Content> }));

/** The team's answer, kept as it is written; whoever leads gives it. */
export default function Answering({ p, thread }: { p: Asked; thread: Thread }) {
  const { data: session } = useSession();
  if (!session || !thread.draft) return null;
  return <Form key={thread.entries.length} p={p} thread={thread} person={session.person.id} kept={thread.draft} />;
}

function Form({ p, thread: x, person, kept }: { p: Asked; thread: Thread; person: string; kept: NonNullable<Thread["draft"]> }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [sure, setSure] = useState(false);
  const path = { id: p.id, clarification: x.id };
  const draft = useDraft<Content>({
    id: `proposals/${p.id}/clarifications/${x.id}/${x.entries.length}`,
    person,
    server: { value: { language: kept.language, text: kept.text }, version: kept.version },
    merge: async () => (base, mine, theirs) => {
      const both = merge(base, mine, theirs, 1);
      return both.clash ? null : both.mine;
    },
    put: async (value, version) => {
      const { data } = await client.PUT("/proposals/{id}/clarifications/{clarification}/draft", {
        params: { path, header: { "If-Match": `"${version}"` } },
        body: value,
      });
      return { value, version: data!.version };
    },
    read: async () => {
      const all = (await client.GET("/proposals/{id}/clarifications", { params: { path: { id: p.id } } })).data!;
      const now = all.clarifications.find((c) => c.id === x.id)?.draft ?? kept;
      return { value: { language: now.language, text: now.text }, version: now.version };
    },
  });
  const answer = useAct(
    async (key: string, body: Content) =>
      (
        await client.POST("/proposals/{id}/clarifications/{clarification}/answers", {
          params: { path, header: { "Idempotency-Key": key } },
          body,
        })
      ).data!,
    (file: Clarifications) => {
      setSure(false);
      toast(t("review.answered"));
      took(queries, p.id, file);
      void queries.invalidateQueries({ queryKey: attachmentsKey({ kind: "clarification", subject: x.id }) }); // they are the answer's now
    },
  );
  const problem = draft.saving.state === "refused" ? draft.saving.problem : answer.problem;
  const id = `answer-${x.number}`;
  const leads = x.may.includes("clarification.answer");
  return (
    <form className={styles.stack} noValidate onSubmit={(e) => e.preventDefault()}>
      <ErrorSummary
        problem={problem}
        names={{ text: t("review.answer"), language: t("review.language"), attachments: t("review.files") }}
      />
      <Tongue id={`${id}-language`} value={draft.value.language} onChange={(language) => draft.change((v) => ({ ...v, language }))} />
      <TextField
        id="text"
        label={t("review.answer")}
        hint={t("review.answer-hint")}
        error={faultsByField(problem).text}
        value={draft.value.text}
        onChange={(e) => {
          const text = e.target.value;
          draft.change((v) => ({ ...v, text }));
        }}
      />
      <Suspense fallback={<Waiting />}>
        <Attachments kind="clarification" subject={x.id} label={`${t("review.files")} ${t("review.clarification", { n: x.number })}`} />
      </Suspense>
      <SavingLine saving={draft.saving} />
      {leads ? (
        <div className={styles.acts}>
          <Button
            tone="main"
            onClick={async () => {
              await draft.save();
              if (draft.value.text.trim() === "") void answer.run(draft.value);
              else setSure(true);
            }}
          >
            {t("review.give")}
          </Button>
        </div>
      ) : (
        <p className={styles.quiet}>{t("review.lead-gives")}</p>
      )}
      {sure && (
        <Dialog
          title={t("review.give")}
          onClose={() => setSure(false)}
          actions={
            <>
              <Button onClick={() => setSure(false)}>{t("dialog.cancel")}</Button>
              <Button tone="main" busy={answer.busy} onClick={() => void answer.run(draft.value)}>
                {t("review.give-sure")}
              </Button>
            </>
          }
        >
          <ErrorSummary problem={answer.problem} />
          <p>{t("review.give-lead")}</p>
          <p className={styles.text} lang={draft.value.language} dir="auto">
            {draft.value.text}
          </p>
        </Dialog>
      )}
      {draft.conflict && (
        <Suspense>
          <Conflict
            mine={draft.conflict.mine}
            theirs={draft.conflict.theirs.value}
            fields={[
              { key: "text", label: t("review.answer"), text: (v) => v.text },
              { key: "language", label: t("review.language") },
            ]}
            onSettle={draft.settle}
          />
        </Suspense>
      )}
    </form>
  );
}
