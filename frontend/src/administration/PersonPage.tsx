import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "wouter";
import { useNames } from "../api/organisations";
import office from "../money-office/Office.module.css";
import { type Schemas, useAct, useMay, useRead } from "../money-office/office";
import { Facts, Written } from "../money-office/parts";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { languages, useWords } from "../words/i18n";
import { Invitation } from "./Invitation";
import { PersonTag } from "./PersonTag";

const EndRole = lazy(() => import("./EndRole"));
const GrantRole = lazy(() => import("./GrantRole"));

/** One person: how they are reached, and the roles they hold, held and will hold. */
export default function PersonPage() {
  const { t } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const { id = "" } = useParams();
  const person = useRead<Schemas["Person"]>(`/people/${id}`);
  const grant = useMay("membership.grant");
  const act = useAct();
  const [invited, setInvited] = useState<Schemas["Invited"]>();
  const [ending, setEnding] = useState<Schemas["Membership"]>();
  if (person.error) return <Trouble error={person.error} again={() => void person.refetch()} />;
  if (!person.data) return <Waiting />;
  const p = person.data;
  const may = (what: string) => p.may.includes(what);
  const turn = async (path: string, said: string) => {
    if (await act.run(`/people/${id}/${path}`)) toast(said);
  };
  return (
    <>
      <PageHead
        title={p.name}
        lead={<bdi>{p.email}</bdi>}
        crumbs={<Link href="/people">{t("admin.people")}</Link>}
        actions={
          <>
            {may("person.invite") && (
              <Button
                busy={act.busy}
                onClick={async () => {
                  const made = await act.run<Schemas["Invited"]>(`/people/${id}/invitation`);
                  if (made) setInvited(made);
                }}
              >
                {t("admin.invite")}
              </Button>
            )}
            {may("person.disable") && (
              <Button tone="danger" busy={act.busy} onClick={() => void turn("disabling", t("admin.disabled"))}>
                {t("admin.disable")}
              </Button>
            )}
            {may("person.enable") && (
              <Button busy={act.busy} onClick={() => void turn("enabling", t("admin.enabled"))}>
                {t("admin.enable")}
              </Button>
            )}
          </>
        }
      />
      <ErrorSummary problem={act.problem} />
      <div className={office.stack}>
        {invited && <Invitation invited={invited} />}
        <Facts
          facts={[
            { name: t("admin.state"), value: <PersonTag person={p} /> },
            { name: t("shell.language"), value: <span lang={p.language}>{languages[p.language as keyof typeof languages]}</span> },
            ...(p.mail_failure
              ? [{ name: t("admin.state.bounced"), value: <Written>{p.mail_failure.reason}</Written>, tone: "warn" as const }]
              : []),
          ]}
        />
        <DataTable
          caption={t("admin.roles")}
          rows={p.memberships}
          id={(m) => m.id}
          empty={t("admin.roles-empty")}
          columns={[
            { key: "role", head: t("admin.role"), heads: true, cell: (m) => t(`role.${m.role}`) },
            { key: "org", head: t("admin.organisation"), cell: (m) => <bdi>{short(m.code)}</bdi> },
            { key: "from", head: t("admin.from"), cell: (m) => <Day value={m.from} short /> },
            { key: "until", head: t("admin.until"), cell: (m) => (m.until ? <Day value={m.until} short /> : t("admin.open-end")) },
            { key: "note", head: t("admin.note"), cell: (m) => <Written>{m.note}</Written> },
            {
              key: "act",
              head: <span className="unseen">{t("admin.end")}</span>,
              cell: (m) =>
                m.may.includes("membership.end") && (
                  <Button tone="quiet" onClick={() => setEnding(m)}>
                    {t("admin.end")}
                    <span className="unseen"> {t(`role.${m.role}`)}</span>
                  </Button>
                ),
            },
          ]}
        />
        {grant && (
          <Suspense>
            <GrantRole person={id} />
          </Suspense>
        )}
      </div>
      {ending && (
        <Suspense>
          <EndRole membership={ending} onClose={() => setEnding(undefined)} />
        </Suspense>
      )}
    </>
  );
}
