import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { faultsByField } from "../api/problem";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct, useMay, useWhole } from "../money-office/office";
import { ButtonLink } from "../money-office/parts";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { Invitation } from "./Invitation";
import { PersonTag, stateOf } from "./PersonTag";

/** Everybody known to the fund, with the roles they hold. */
export default function PeoplePage() {
  const { t } = useWords();
  const people = useWhole<Schemas["Person"]>("/people");
  const add = useMay("person.create");
  if (people.error) return <Trouble error={people.error} again={() => void people.refetch()} />;
  if (!people.data) return <Waiting />;
  return (
    <>
      <PageHead
        title={t("admin.people")}
        lead={t("admin.people-lead")}
        actions={
          <>
            <ButtonLink href="/organisations">{t("admin.organisations")}</ButtonLink>
            <ButtonLink href="/focal-points">{t("admin.focal")}</ButtonLink>
            <ButtonLink href="/seats">{t("admin.seats")}</ButtonLink>
          </>
        }
      />
      <div className={office.stack}>
        <DataTable
          caption={t("admin.people")}
          captionUnseen
          rows={people.data}
          id={(p) => p.id}
          start={{ key: "name", down: false }}
          columns={[
            {
              key: "name",
              head: t("admin.name"),
              heads: true,
              by: (p) => p.name,
              cell: (p) => (
                <Link href={`/people/${p.id}`}>
                  <bdi>{p.name}</bdi>
                </Link>
              ),
            },
            { key: "email", head: t("admin.email"), by: (p) => p.email, cell: (p) => <bdi>{p.email}</bdi> },
            {
              key: "roles",
              head: t("admin.roles"),
              cell: (p) => p.memberships.map((m) => t("shell.hat", { role: t(`role.${m.role}`), organisation: m.code })).join("; ") || "–",
            },
            { key: "state", head: t("admin.state"), by: (p) => stateOf(p), cell: (p) => <PersonTag person={p} /> },
          ]}
        />
        {add && <NewPerson />}
      </div>
    </>
  );
}

function NewPerson() {
  const { t } = useWords();
  const { run, busy, problem } = useAct();
  const none = { name: "", email: "", language: "en" };
  const [person, setPerson] = useState(none);
  const [invited, setInvited] = useState<Schemas["Invited"]>();
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setPerson((p) => ({ ...p, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const made = await run<Schemas["Invited"]>("/people", person);
    if (!made) return;
    setInvited(made);
    setPerson(none);
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("admin.add")}</h2>
      <ErrorSummary problem={problem} />
      <Field
        id="name"
        label={t("admin.name")}
        autoComplete="off"
        value={person.name}
        error={faults.name}
        onChange={(e) => change({ name: e.target.value })}
      />
      <Field
        id="email"
        type="email"
        dir="ltr"
        label={t("admin.email")}
        autoComplete="off"
        value={person.email}
        error={faults.email}
        onChange={(e) => change({ email: e.target.value })}
      />
      <Choice
        id="language"
        label={t("shell.language")}
        value={person.language}
        error={faults.language}
        onChange={(e) => change({ language: e.target.value })}
      >
        <LanguageOptions />
      </Choice>
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("admin.add-invite")}
        </Button>
      </div>
      {invited && <Invitation invited={invited} />}
    </form>
  );
}
