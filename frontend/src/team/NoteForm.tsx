import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { FocalPoint, Note } from "./data";
import { ScanChoice } from "./ScanChoice";
import { useScan } from "./scan";

/** A state's note with its scan: who endorses for it from a day on, and in whose place. It counts once another has checked it. */
export function NoteForm({ replaces, onDone }: { replaces: FocalPoint | undefined; onDone: () => void }) {
  const { t, language } = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const [v, change, forget] = useTypedForm(`note/${replaces?.id ?? "new"}`, {
    state: replaces?.state ?? "",
    email: "",
    name: "",
    language: language as string,
    from: today(),
    reference: "",
  });
  const scan = useScan();
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || scan.sent !== undefined) return;
    const { state, ...rest } = v;
    const note = await run<Note>("/accreditation-notes", {
      ...rest,
      document_hash: await scan.hash(),
      ...(state ? { state } : {}),
      ...(replaces ? { replaces: replaces.id } : {}),
    });
    if (!note) return;
    await forget();
    toast((await scan.send({ kind: "accreditation", subject: note.id })) ? t("focal.done", { name: note.name }) : t("paper.cut"));
    await queries.invalidateQueries();
    onDone();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{replaces ? t("focal.replace-one", { name: replaces.name }) : t("focal.accredit")}</h2>
      {replaces && <p>{t("focal.replace-lead", { name: replaces.name })}</p>}
      <ErrorSummary problem={problem} />
      <Choice
        id="state"
        label={t("focal.state")}
        value={v.state}
        error={faults.state ?? faults.replaces}
        disabled={replaces !== undefined}
        onChange={(e) => change({ state: e.target.value })}
      >
        <option value="">{t("focal.choose")}</option>
        {list
          .filter((o) => o.kind === "state")
          .map((o) => (
            <option key={o.id} value={o.id}>
              {o.name}
            </option>
          ))}
      </Choice>
      <Field id="name" label={t("focal.name")} value={v.name} error={faults.name} onChange={(e) => change({ name: e.target.value })} />
      <Field
        id="email"
        type="email"
        dir="ltr"
        label={t("team.email")}
        value={v.email}
        error={faults.email}
        onChange={(e) => change({ email: e.target.value })}
      />
      <Choice
        id="language"
        label={t("team.language")}
        value={v.language}
        error={faults.language}
        onChange={(e) => change({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <Field
        id="from"
        type="date"
        label={t("focal.from")}
        value={v.from}
        error={faults.from}
        onChange={(e) => change({ from: e.target.value })}
      />
      <Field
        id="reference"
        label={t("focal.reference")}
        hint={t("focal.reference-hint")}
        value={v.reference}
        error={faults.reference}
        onChange={(e) => change({ reference: e.target.value })}
      />
      <ScanChoice scan={scan} error={faults.document_hash && t("paper.file-missing")} />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy || scan.sent !== undefined}>
          {t("paper.do")}
        </Button>
        {replaces && <Button onClick={onDone}>{t("dialog.cancel")}</Button>}
      </div>
    </form>
  );
}
