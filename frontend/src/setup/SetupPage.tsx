import { type ComponentProps, type FormEvent, type ReactNode, useState } from "react";
import { faultsByField } from "../api/problem";
import { MoneyField } from "../money/MoneyField";
import office from "../money-office/Office.module.css";
import { today, useAct, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";

const currency = "USD"; // in which an opening balance is stated (domain/setup.go)

/** What has a name of its own in a refusal. */
const asked = [
  "token",
  "fund-name",
  "fund-code",
  "administrator-name",
  "administrator-email",
  "administrator-password",
  "agent-name",
  "agent-code",
  "coordinator-name",
  "coordinator-code",
  "bank_account-number",
  "bank_account-name",
  "opening-on",
];

/** Setting up an empty fund, by whoever holds the token that the program printed on its own machine. */
export default function SetupPage() {
  const { t } = useWords();
  const there = useRead<{ set_up: boolean }>("/setup");
  if (there.error) return <Trouble error={there.error} again={() => void there.refetch()} />;
  if (!there.data) return <Waiting />;
  if (!there.data.set_up) return <Form />;
  return (
    <>
      <PageHead title={t("setup.done")} lead={t("setup.done-lead")} />
      <p>
        <a href="/sign-in">{t("setup.sign-in")}</a>
      </p>
    </>
  );
}

function Form() {
  const { t, language } = useWords();
  const { run, busy, problem } = useAct();
  // What stands after the # goes to no server and into no log: the token is sent in the body alone.
  const [token, setToken] = useState(() => new URLSearchParams(location.hash.slice(1)).get("token") ?? "");
  const [text, setText] = useState<Record<string, string>>({ "administrator-language": language, "opening-on": today() });
  const [bank, setBank] = useState<string | null>("");
  const faults = faultsByField(problem);
  const of = (id: string) => text[id] ?? "";
  const field = (id: string, more: Partial<ComponentProps<typeof Field>> = {}) => (
    <Field
      {...more}
      id={id}
      label={t(`setup.field.${id}`)}
      value={of(id)}
      error={faults[id]}
      onChange={(e) => setText({ ...text, [id]: e.target.value })}
    />
  );
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    await run("/setup", {
      token,
      fund: { code: of("fund-code"), name: of("fund-name") },
      administrator: {
        email: of("administrator-email"),
        name: of("administrator-name"),
        password: of("administrator-password"),
        language: of("administrator-language"),
      },
      agent: { code: of("agent-code"), name: of("agent-name") },
      coordinator: { code: of("coordinator-code"), name: of("coordinator-name") },
      bank_account: { number: of("bank_account-number"), name: of("bank_account-name") },
      ...(bank === "" ? {} : { opening: { on: of("opening-on"), bank: { amount: bank ?? "0", currency } } }),
    });
  }
  return (
    <>
      <PageHead title={t("setup.title")} lead={t("setup.lead")} />
      <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
        <ErrorSummary problem={problem} names={Object.fromEntries(asked.map((id) => [id, t(`setup.field.${id}`)]))} />
        <Field
          id="token"
          label={t("setup.field.token")}
          hint={t("setup.token-hint")}
          autoComplete="off"
          dir="ltr"
          value={token}
          error={faults.token}
          onChange={(e) => setToken(e.target.value)}
        />
        <Group name={t("setup.fund")}>
          {field("fund-name")}
          {field("fund-code", { hint: t("setup.code-hint") })}
        </Group>
        <Group name={t("setup.administrator")}>
          {field("administrator-name", { autoComplete: "name" })}
          {field("administrator-email", { type: "email", dir: "ltr", autoComplete: "email" })}
          {field("administrator-password", { type: "password", dir: "ltr", autoComplete: "new-password", hint: t("setup.password-hint") })}
          <Choice
            id="administrator-language"
            label={t("shell.language")}
            value={of("administrator-language")}
            error={faults["administrator-language"]}
            onChange={(e) => setText({ ...text, "administrator-language": e.target.value })}
          >
            <LanguageOptions />
          </Choice>
        </Group>
        <Group name={t("setup.agent")} about={t("setup.agent-about")}>
          {field("agent-name")}
          {field("agent-code")}
        </Group>
        <Group name={t("setup.coordinator")} about={t("setup.coordinator-about")}>
          {field("coordinator-name")}
          {field("coordinator-code")}
        </Group>
        <Group name={t("setup.bank")}>
          {field("bank_account-number", { dir: "ltr", hint: t("setup.bank-hint") })}
          {field("bank_account-name", { optional: true })}
        </Group>
        <Group name={t("setup.opening")} about={t("setup.opening-about")}>
          <MoneyField
            id="opening-bank-amount"
            label={t("setup.opening-bank", { currency })}
            optional
            currency={currency}
            value={bank}
            error={faults["opening-bank-amount"]}
            onChange={setBank}
          />
          {field("opening-on", { type: "date" })}
        </Group>
        <div className={office.acts}>
          <Button tone="main" type="submit" busy={busy}>
            {t("setup.do")}
          </Button>
        </div>
      </form>
    </>
  );
}

function Group({ name, about, children }: { name: string; about?: string; children: ReactNode }) {
  return (
    <fieldset className={office.set}>
      <legend className={office.legend}>{name}</legend>
      {about && <p className={office.small}>{about}</p>}
      {children}
    </fieldset>
  );
}
