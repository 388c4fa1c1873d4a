import { type FormEvent, useState } from "react";
import { Link } from "wouter";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct } from "../money-office/office";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { Invitation } from "./Invitation";

/** Makes somebody known to the fund, and shows the way in that they are sent. */
export default function NewPerson() {
  const { t } = useWords();
  const { run, busy, problem } = useAct();
  const [person, change, sent] = useTypedForm("person", { name: "", email: "", language: "en" });
  const [invited, setInvited] = useState<Schemas["Invited"]>();
  const faults = faultsByField(problem);
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const made = await run<Schemas["Invited"]>("/people", person);
    if (!made) return;
    setInvited(made);
    await sent();
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
      {invited && (
        <>
          <Invitation invited={invited} />
          <p>
            <Link href={`/people/${invited.person.id}`}>{t("admin.give-them-a-role", { name: invited.person.name })}</Link>
          </p>
        </>
      )}
    </form>
  );
}
