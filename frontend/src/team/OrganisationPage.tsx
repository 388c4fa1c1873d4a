import { type FormEvent, lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTyped, useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct, useRead } from "../money-office/office";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useToast } from "../ui/Toast/Toast";
import { isLanguage, languages, useWords } from "../words/i18n";
import { FootnotesPart } from "./FootnotesPart";
import { ReasonDialog } from "./ReasonDialog";
import styles from "./Team.module.css";

const Groups = lazy(() => import("../seats/Groups"));

type File = Schemas["OrganisationFile"];
const kinds = ["name", "former-name", "acronym", "code"] as const;

/** An organisation: what else it is called, and which others are its other names. */
export default function OrganisationPage() {
  const { id } = useParams<{ id: string }>();
  const { t } = useWords();
  const file = useRead<File>(`/organisations/${id}`);
  const all = useOrganisations().data;
  const name = (id: string) => all?.find((x) => x.id === id)?.name ?? "";
  const [undo, setUndo] = useState(false);
  if (file.error) return <Trouble error={file.error} again={() => void file.refetch()} />;
  if (!file.data) return <Waiting />;
  const o = file.data;
  const may = (act: string) => o.may.includes(act as never);
  return (
    <>
      <PageHead
        title={o.name}
        lead={[o.code, o.short_name].filter(Boolean).join(" · ")}
        crumbs={<Link href="/organisations">{t("organisation.all")}</Link>}
      />
      <div className={styles.stack}>
        {o.into && (
          <section className={office.missing}>
            <h2>{t("organisation.is-merged", { name: o.into.name })}</h2>
            <p>{t("organisation.is-merged-lead")}</p>
            <div className={office.acts}>
              <Link href={`/organisations/${o.into.id}`}>{o.into.name}</Link>
              {may("organisation.unmerge") && <Button onClick={() => setUndo(true)}>{t("organisation.undo")}</Button>}
            </div>
          </section>
        )}
        <Aliases o={o} />
        {o.kind === "state" && (
          <Suspense>
            <Groups id={id} may={may("organisation.group")} />
          </Suspense>
        )}
        <FootnotesPart id={id} may={may("organisation.footnote")} />
        {o.merged.length > 0 && (
          <section className={styles.panel}>
            <h2>{t("organisation.merged-here")}</h2>
            <ul>
              {o.merged.map((m) => (
                <li key={m.id}>
                  <Link href={`/organisations/${m.id}`}>
                    <bdi lang="">{m.name}</bdi> ({m.code})
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        )}
        {!o.into && may("organisation.merge") && <Merge o={o} />}
        {o.merges && o.merges.length > 0 && (
          <section className={styles.panel}>
            <h2>{t("organisation.record")}</h2>
            <ul className={styles.stack}>
              {o.merges.map((m) => (
                <li key={m.at}>
                  <DateTime value={m.at} zone={fund.zone} /> ·{" "}
                  {t("organisation.merge-entry", { one: name(m.merged), other: name(m.into), by: m.by })}
                  <p className={styles.quote} dir="auto" lang="">
                    {m.reason}
                  </p>
                  {m.undone && (
                    <>
                      <DateTime value={m.undone.at} zone={fund.zone} /> · {t("organisation.undone-entry", { by: m.undone.by })}
                      <p className={styles.quote} dir="auto" lang="">
                        {m.undone.reason}
                      </p>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      {undo && (
        <ReasonDialog
          title={t("organisation.undo")}
          lead={t("organisation.undo-lead")}
          act={t("organisation.undo")}
          done={t("organisation.undone")}
          path={`/organisations/${id}/unmerging`}
          reason={{ label: t("organisation.reason") }}
          onClose={() => setUndo(false)}
        />
      )}
    </>
  );
}

function Aliases({ o }: { o: File }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [v, change, sent] = useTypedForm(`alias/${o.id}`, { text: "", kind: "name" as (typeof kinds)[number], language: "" });
  const faults = faultsByField(problem);
  const may = o.may.includes("organisation.alias" as never) && !o.into;
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy || !(await run(`/organisations/${o.id}/aliases`, v))) return;
    toast(t("organisation.alias-added"));
    await sent();
  }
  return (
    <section className={styles.panel}>
      <h2>{t("organisation.aliases")}</h2>
      <p>{o.aliases.length === 0 ? t("organisation.no-alias") : t("organisation.aliases-lead")}</p>
      {o.aliases.length > 0 && (
        <ul className={styles.list}>
          {o.aliases.map((x) => (
            <li key={x.id} className={styles.item}>
              <span className={styles.who}>
                <b lang={x.language} dir="auto">
                  {x.text}
                </b>{" "}
                <span className={styles.quiet}>
                  {t(`organisation.alias.${x.kind}`)}
                  {isLanguage(x.language) && ` · ${languages[x.language]}`}
                </span>
              </span>
              {may && (
                <Button
                  tone="quiet"
                  busy={busy}
                  onClick={async () => (await run(`/aliases/${x.id}/ending`)) && toast(t("organisation.alias-ended"))}
                >
                  {t("organisation.alias-end")}
                  <span className="unseen"> {x.text}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {may && (
        <form className={office.form} onSubmit={send} noValidate>
          <ErrorSummary problem={problem} />
          <Field
            id="text"
            label={t("organisation.alias-text")}
            value={v.text}
            error={faults.text}
            onChange={(e) => change({ text: e.target.value })}
          />
          <Choice
            id="kind"
            label={t("organisation.alias-kind")}
            value={v.kind}
            error={faults.kind}
            onChange={(e) => change({ kind: e.target.value as typeof v.kind })}
          >
            {kinds.map((k) => (
              <option key={k} value={k}>
                {t(`organisation.alias.${k}`)}
              </option>
            ))}
          </Choice>
          <Choice
            id="language"
            label={t("organisation.alias-language")}
            value={v.language}
            error={faults.language}
            onChange={(e) => change({ language: e.target.value })}
          >
            <option value="">{t("organisation.alias-no-language")}</option>
            <LanguageOptions />
          </Choice>
          <div className={office.acts}>
            <Button type="submit" busy={busy}>
              {t("organisation.alias-add")}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

/** Making it another name of one of its kind: what will be read under the other name is said first. */
function Merge({ o }: { o: File }) {
  const { t } = useWords();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const hinted = new URLSearchParams(location.search).get("into") ?? "";
  const [into, setInto] = useState(hinted);
  const [reason, setReason, sent] = useTyped(`merging/${o.id}`, "");
  const faults = faultsByField(problem);
  const other = list.find((x) => x.id === into);
  const act = async (path: string, body: Record<string, string>, done: string) => {
    if (await run(`/organisations/${o.id}/${path}`, body)) {
      toast(done);
      await sent();
    }
  };
  return (
    <section className={`${office.form} ${office.panel}`} aria-labelledby="merge">
      <h2 id="merge">{t("organisation.merge")}</h2>
      <p>{t("organisation.merge-lead")}</p>
      <ErrorSummary problem={problem} />
      <Choice
        id="into"
        label={t("organisation.into")}
        value={into}
        error={faults.into ?? faults.other}
        onChange={(e) => setInto(e.target.value)}
      >
        <option value="">{t("organisation.choose")}</option>
        {list
          .filter((x) => x.kind === o.kind && x.id !== o.id && !x.merged_into)
          .map((x) => (
            <option key={x.id} value={x.id}>
              {x.name} ({x.code})
            </option>
          ))}
      </Choice>
      {other && o.uses && (
        <div className={office.rule} role="status">
          <p>{t("organisation.preview", { from: o.name, to: other.name })}</p>
          <ul>
            <li>{t("organisation.preview-people", { count: o.uses.people })}</li>
            <li>{t("organisation.preview-proposals", { count: o.uses.proposals })}</li>
            <li>{t("organisation.preview-shares", { count: o.uses.shares })}</li>
            <li>{t("organisation.preview-programmes", { count: o.uses.programmes })}</li>
          </ul>
          <p>{t("organisation.preview-kept")}</p>
        </div>
      )}
      {other && (
        <>
          <TextField
            id="reason"
            label={t("organisation.reason")}
            hint={t("organisation.reason-hint")}
            rows={3}
            value={reason}
            error={faults.reason}
            onChange={(e) => setReason(e.target.value)}
          />
          <div className={office.acts}>
            <Button tone="main" busy={busy} onClick={() => void act("merging", { into, reason }, t("organisation.merged"))}>
              {t("organisation.merge-do", { name: other.code })}
            </Button>
            {o.may.includes("organisation.tell-apart" as never) && (
              <Button busy={busy} onClick={() => void act("telling-apart", { other: into, reason }, t("organisation.apart"))}>
                {t("organisation.tell-apart")}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}
