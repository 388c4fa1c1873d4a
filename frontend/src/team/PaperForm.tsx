import { useQueryClient } from "@tanstack/react-query";
import type { FormEvent } from "react";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { today, useAct } from "../money-office/office";
import type { Proposal } from "../proposal/proposal";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, Radios } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { Endorsements } from "./data";
import { ScanChoice } from "./ScanChoice";
import { useScan } from "./scan";

/** A paper signed elsewhere: who signed it, what it names, and its scan. */
export function PaperForm({ p, hash, onDone }: { p: Proposal; hash: string; onDone: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const queries = useQueryClient();
  const { run, busy, problem } = useAct();
  const states = [...(p.state ? [p.state] : []), ...p.other_states];
  const [v, change, forget] = useTypedForm(`paper/${p.id}`, {
    kind: "endorsement" as "endorsement" | "sign-off",
    state: states[0]?.id ?? "",
    content_hash: "",
    signer: "",
    title: "",
    body: "",
    signed_on: today(),
    reference: "",
  });
  const scan = useScan();
  const faults = faultsByField(problem);
  const field = (key: "signer" | "title" | "body" | "reference") => (
    <Field
      id={key}
      label={t(`paper.field.${key}`)}
      value={v[key]}
      error={faults[key]}
      onChange={(e) => change({ [key]: e.target.value })}
    />
  );
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || scan.sent !== undefined) return;
    const { state, content_hash, ...rest } = v;
    const body = {
      ...rest,
      content_hash: content_hash.trim().toLowerCase(),
      document_hash: await scan.hash(),
      ...(state ? { state } : {}),
    };
    const done = await run<Endorsements>(`/proposals/${p.id}/papers`, body);
    if (!done) return;
    // The newest of this scan that nobody has checked is the one just brought.
    const paper = done.papers.find((x) => x.document_hash === body.document_hash && !x.check);
    await forget();
    if (paper) toast(t((await scan.send({ kind: "paper", subject: paper.id })) ? "paper.brought" : "paper.cut"));
    await queries.invalidateQueries();
    onDone();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h3>{t("paper.bring")}</h3>
      <ErrorSummary problem={problem} />
      <Radios
        id="kind"
        label={t("paper.kind")}
        value={v.kind}
        error={faults.kind}
        onChange={(kind) => change({ kind })}
        options={(["endorsement", "sign-off"] as const).map((k) => ({
          value: k,
          label: t(`paper.kind.${k}`),
          hint: t(`paper.kind.${k}.hint`),
        }))}
      />
      <Choice id="state" label={t("paper.state")} value={v.state} error={faults.state} onChange={(e) => change({ state: e.target.value })}>
        {v.kind === "sign-off" && <option value="">{t("paper.no-state")}</option>}
        {states.map((s) => (
          <option key={s.id} value={s.id}>
            {s.name}
          </option>
        ))}
      </Choice>
      <Field
        id="content_hash"
        dir="ltr"
        label={t("paper.content-hash")}
        hint={
          <>
            {t("paper.content-hash-hint")}{" "}
            <Button tone="quiet" onClick={() => change({ content_hash: hash })}>
              {t("paper.same-hash")}
            </Button>
          </>
        }
        value={v.content_hash}
        error={faults.content_hash}
        onChange={(e) => change({ content_hash: e.target.value })}
      />
      {field("signer")}
      {field("title")}
      {field("body")}
      <Field
        id="signed_on"
        type="date"
        label={t("paper.signed-on")}
        value={v.signed_on}
        error={faults.signed_on}
        onChange={(e) => change({ signed_on: e.target.value })}
      />
      {field("reference")}
      <ScanChoice scan={scan} error={faults.document_hash && t("paper.file-missing")} />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy || scan.sent !== undefined}>
          {t("paper.do")}
        </Button>
        <Button onClick={onDone}>{t("dialog.cancel")}</Button>
      </div>
    </form>
  );
}
