import { type FormEvent, lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import { Listing } from "../list/Listing";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct, useMay } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

const Duplicates = lazy(async () => ({ default: (await import("../team/Duplicates")).Duplicates }));
const LikelyKnown = lazy(async () => ({ default: (await import("../team/Duplicates")).LikelyKnown }));

const kinds = ["state", "un", "pooled-fund", "foundation", "private", "stakeholder", "agent", "other"] as const;
const none = { code: "", name: "", short_name: "", kind: "un", iso3166: "", m49: "", iati_ref: "" };

/** States, organisations and offices by the words people know them by; a changed one keeps its history. */
export default function OrganisationsPage() {
  const { t } = useWords();
  const create = useMay("organisation.create");
  const [editing, setEditing] = useState<Schemas["Organisation"]>();
  return (
    <>
      <PageHead
        title={t("admin.organisations")}
        lead={t("admin.organisations-lead")}
        crumbs={<Link href="/people">{t("admin.people")}</Link>}
      />
      <div className={office.stack}>
        <Listing<Schemas["Organisation"]>
          path="/organisations"
          caption={t("admin.organisations")}
          id={(o) => o.id}
          first="code"
          empty={t("admin.organisations-lead")}
          narrow={[{ field: "kind", label: t("admin.kind"), values: kinds, called: (kind) => t(`admin.kind.${kind}`) }]}
          columns={[
            {
              key: "name",
              head: t("admin.name"),
              heads: true,
              by: (o) => o.name,
              cell: (o) => (
                <Link href={`/organisations/${o.id}`} lang="" dir="auto">
                  {o.name}
                </Link>
              ),
            },
            { key: "code", head: t("admin.code"), by: (o) => o.code, cell: (o) => <bdi>{o.code}</bdi> },
            { key: "kind", head: t("admin.kind"), by: (o) => t(`admin.kind.${o.kind}`), cell: (o) => t(`admin.kind.${o.kind}`) },
            {
              key: "act",
              head: <span className="unseen">{t("admin.change")}</span>,
              cell: (o) =>
                o.may.includes("organisation.change") && (
                  <Button tone="quiet" onClick={() => setEditing(o)}>
                    {t("admin.change")}
                    <span className="unseen"> {o.code}</span>
                  </Button>
                ),
            },
          ]}
        />
        {create && (
          <Suspense fallback={null}>
            <Duplicates />
          </Suspense>
        )}
        {editing ? (
          <Edit key={editing.id} organisation={editing} onDone={() => setEditing(undefined)} />
        ) : (
          create && <Edit key="new" onDone={() => {}} />
        )}
      </div>
    </>
  );
}

function Edit({ organisation, onDone }: { organisation?: Schemas["Organisation"]; onDone: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const start = organisation ? Object.fromEntries(Object.keys(none).map((k) => [k, organisation[k as keyof typeof none] ?? ""])) : none;
  const [o, change, sent] = useTypedForm(
    `organisation/${organisation ? `${organisation.id}/${organisation.version}` : "new"}`,
    start as typeof none,
  );
  const faults = faultsByField(problem);
  const field = (key: keyof typeof none, optional = false) => (
    <Field
      id={key}
      label={t(`admin.field.${key}`)}
      optional={optional}
      value={o[key]}
      error={faults[key]}
      onChange={(e) => change({ [key]: e.target.value })}
    />
  );
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = Object.fromEntries(Object.entries(o).filter(([k, v]) => v !== "" || ["code", "name", "kind"].includes(k)));
    const made = organisation
      ? await run(`/organisations/${organisation.id}`, body, { method: "PUT", version: organisation.version })
      : await run("/organisations", body);
    if (!made) return;
    toast(t("admin.saved", { name: o.name }));
    await sent();
    onDone();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{organisation ? t("admin.change-one", { name: organisation.code }) : t("admin.organisation-add")}</h2>
      <ErrorSummary problem={problem} />
      {field("code")}
      {field("name")}
      {!organisation && (
        <Suspense fallback={null}>
          <LikelyKnown name={o.name} code={o.code} />
        </Suspense>
      )}
      {field("short_name", true)}
      <Choice id="kind" label={t("admin.kind")} value={o.kind} error={faults.kind} onChange={(e) => change({ kind: e.target.value })}>
        {kinds.map((k) => (
          <option key={k} value={k}>
            {t(`admin.kind.${k}`)}
          </option>
        ))}
      </Choice>
      {o.kind === "state" && (
        <div className={office.row}>
          {field("iso3166", true)}
          {field("m49", true)}
        </div>
      )}
      {field("iati_ref", true)}
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("admin.save")}
        </Button>
        {organisation && <Button onClick={() => void sent().then(onDone)}>{t("dialog.cancel")}</Button>}
      </div>
    </form>
  );
}
