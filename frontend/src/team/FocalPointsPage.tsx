import { type FormEvent, useState } from "react";
import { faultsByField } from "../api/problem";
import office from "../money-office/Office.module.css";
import { today, useAct, useMay, useOrganisations, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import type { FocalPoint } from "./data";

/** Who endorses for which state, by which note and until when; a new note accredits, or replaces. */
export default function FocalPointsPage() {
  const { t } = useWords();
  const list = useRead<FocalPoint[]>("/focal-points");
  const { name } = useOrganisations();
  const may = useMay("membership.accredit");
  const [replaces, setReplaces] = useState<FocalPoint>();
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  const now = (f: FocalPoint) => !f.until || f.until >= today();
  return (
    <>
      <PageHead title={t("focal.title")} lead={t("focal.lead")} />
      <div className={office.stack}>
        <DataTable
          caption={t("focal.title")}
          captionUnseen
          rows={list.data}
          id={(f) => f.id}
          start={{ key: "state", down: false }}
          empty={t("focal.none")}
          columns={[
            {
              key: "name",
              head: t("focal.name"),
              heads: true,
              by: (f) => f.name,
              cell: (f) => (
                <>
                  <bdi>{f.name}</bdi>
                  <br />
                  <small>
                    <bdi>{f.email}</bdi>
                  </small>
                </>
              ),
            },
            {
              key: "state",
              head: t("focal.state"),
              by: (f) => name(f.state, f.code),
              cell: (f) => <bdi lang="">{name(f.state, f.code)}</bdi>,
            },
            { key: "from", head: t("focal.from"), by: (f) => f.from, cell: (f) => <Day value={f.from} short /> },
            {
              key: "until",
              head: t("focal.until"),
              by: (f) => f.until ?? "9999",
              cell: (f) => (f.until ? <Day value={f.until} short /> : t("focal.open-end")),
            },
            {
              key: "note",
              head: t("focal.reference"),
              cell: (f) => (
                <bdi dir="auto" lang="">
                  {f.reference || f.note || "–"}
                </bdi>
              ),
            },
            {
              key: "act",
              head: <span className="unseen">{t("focal.replace")}</span>,
              cell: (f) =>
                may &&
                now(f) && (
                  <Button tone="quiet" onClick={() => setReplaces(f)}>
                    {t("focal.replace")}
                    <span className="unseen"> {f.name}</span>
                  </Button>
                ),
            },
          ]}
        />
        {may && <Accredit key={replaces?.id ?? ""} replaces={replaces} onDone={() => setReplaces(undefined)} />}
      </div>
    </>
  );
}

type Accredited = FocalPoint & { token?: string };

/** A state's note: who endorses for it from a day on, and in whose place. */
function Accredit({ replaces, onDone }: { replaces: FocalPoint | undefined; onDone: () => void }) {
  const { t, language } = useWords();
  const toast = useToast();
  const { list } = useOrganisations();
  const { run, busy, problem } = useAct();
  const none = { state: replaces?.state ?? "", email: "", name: "", language: language as string, from: today(), reference: "" };
  const [v, setV] = useState(none);
  const [made, setMade] = useState<Accredited>();
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setV((was) => ({ ...was, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const { state, ...rest } = v;
    const body = { ...rest, document_hash: "", ...(state ? { state } : {}), ...(replaces ? { replaces: replaces.id } : {}) };
    const done = await run<Accredited>("/focal-points", body);
    if (!done) return;
    toast(t("focal.done", { name: done.name }));
    setMade(done);
    setV({ ...none, state: "" });
    if (!done.token) onDone();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{replaces ? t("focal.replace-one", { name: replaces.name }) : t("focal.accredit")}</h2>
      {replaces && <p>{t("focal.replace-lead", { name: replaces.name })}</p>}
      <ErrorSummary problem={problem} />
      {made?.token && (
        <div role="status" className={office.rule}>
          <p>{t("team.invited-link", { name: made.name })}</p>
          <p>
            <code dir="ltr" className={office.account}>
              {`${location.origin}/${v.language}/password?token=${made.token}`}
            </code>
          </p>
        </div>
      )}
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
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {replaces ? t("focal.replace") : t("focal.accredit")}
        </Button>
        {replaces && <Button onClick={onDone}>{t("dialog.cancel")}</Button>}
      </div>
    </form>
  );
}
