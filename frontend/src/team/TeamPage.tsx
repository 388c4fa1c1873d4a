import { type FormEvent, useState } from "react";
import { Link, useLocation, useParams } from "wouter";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTypedForm } from "../draft/useTyped";
import office from "../money-office/Office.module.css";
import { useAct } from "../money-office/office";
import { type Proposal, useProposal } from "../proposal/proposal";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, Radios } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { type Team, type Teammate, useTeam } from "./data";
import { ReasonDialog } from "./ReasonDialog";
import styles from "./Team.module.css";

const given = ["editor", "finance", "reader"] as const;

/** Who works on a proposal, what each may do, and how that came about. */
export default function TeamPage() {
  const { id } = useParams<{ id: string }>();
  const { t } = useWords();
  const proposal = useProposal(id);
  const team = useTeam(id);
  const failed = proposal.error ?? team.error;
  if (failed) return <Trouble error={failed} again={() => void team.refetch()} />;
  if (!proposal.data || !team.data) return <Waiting />;
  const p = proposal.data;
  return (
    <>
      <PageHead
        title={t("team.title")}
        lead={t("team.lead")}
        crumbs={
          <Link href={`/proposals/${id}`}>
            <bdi dir="auto">{p.title || p.ref}</bdi>
          </Link>
        }
      />
      <div className={styles.stack}>
        {team.data.members.length === 0 ? (
          <p className={styles.panel}>{t("team.none")}</p>
        ) : (
          <ul className={styles.list} aria-label={t("team.members")}>
            {team.data.members.map((m) => (
              <Member key={m.person} p={p} m={m} />
            ))}
          </ul>
        )}
        <Own p={p} team={team.data} />
        <section className={styles.panel} aria-labelledby="roles">
          <h2 id="roles">{t("team.roles")}</h2>
          <dl className={styles.roles}>
            {(["lead", ...given] as const).map((r) => (
              <div key={r} style={{ display: "contents" }}>
                <dt>{t(`team.role.${r}`)}</dt>
                <dd>{t(`team.role.${r}.may`)}</dd>
              </div>
            ))}
          </dl>
        </section>
        {team.data.may.includes("team.invite") && <Invite p={p} />}
        <details className={styles.panel}>
          <summary>{t("team.record")}</summary>
          <ul className={styles.stack}>
            {team.data.entries.map((e, i) => (
              <li key={i}>
                <DateTime value={e.at} zone={fund.zone} /> ·{" "}
                {t(`team.how.${e.how}`, { name: e.name, role: e.role ? t(`team.role.${e.role}`) : "", by: e.by })}
                {e.reason && (
                  <p className={styles.quote} dir="auto" lang="">
                    {e.reason}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </details>
      </div>
    </>
  );
}

type Asked = "lead" | "remove";

function Member({ p, m }: { p: Proposal; m: Teammate }) {
  const { t } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const [asked, setAsked] = useState<Asked>();
  const at = `/proposals/${p.id}/team/${m.person}`;
  const name = m.name;
  return (
    <li className={styles.item}>
      <div className={styles.who}>
        <b>
          <bdi>{name}</bdi>
        </b>
        {m.oneself && <span className={styles.quiet}> {t("team.oneself")}</span>}
        <p className={styles.quiet}>
          <bdi>{short(m.code)}</bdi> · <bdi>{m.email}</bdi>
        </p>
      </div>
      {!m.active && <Tag tone="warn">{t("team.inactive")}</Tag>}
      {m.may.includes("team.recast") ? (
        <Choice
          id={`role-${m.person}`}
          bare
          label={t("team.role-of", { name })}
          value={m.role}
          disabled={busy}
          onChange={async (e) => {
            const role = e.target.value;
            if (await run(`${at}/role`, { role })) toast(t("team.recast-done", { name, role: t(`team.role.${role}`) }));
          }}
        >
          {given.map((r) => (
            <option key={r} value={r}>
              {t(`team.role.${r}`)}
            </option>
          ))}
        </Choice>
      ) : (
        <Tag tone={m.role === "lead" ? "link" : "plain"}>{t(`team.role.${m.role}`)}</Tag>
      )}
      <div className={styles.acts}>
        {m.may.includes("team.hand-over") && (
          <Button onClick={() => setAsked("lead")} aria-label={t("team.hand-over-to", { name })}>
            {t("team.hand-over")}
          </Button>
        )}
        {m.may.includes("team.dismiss") && (
          <Button tone="quiet" onClick={() => setAsked("remove")} aria-label={t("team.remove-one", { name })}>
            {t("team.remove")}
          </Button>
        )}
      </div>
      {problem && (
        <div className={styles.whole}>
          <ErrorSummary problem={problem} />
        </div>
      )}
      {asked === "lead" && (
        <ReasonDialog
          title={t("team.hand-over-to", { name })}
          lead={t("team.hand-over-lead", { name })}
          act={t("team.hand-over")}
          done={t("team.handed-over", { name })}
          path={`${at}/lead`}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === "remove" && (
        <ReasonDialog
          title={t("team.remove-one", { name })}
          lead={t("team.remove-lead", { name })}
          act={t("team.remove")}
          done={t("team.removed", { name })}
          path={`${at}/removal`}
          tone="danger"
          onClose={() => setAsked(undefined)}
        />
      )}
    </li>
  );
}

/** What one can do about one's own part. */
function Own({ p, team }: { p: Proposal; team: Team }) {
  const { t } = useWords();
  const toast = useToast();
  const [, go] = useLocation();
  const { run, busy, problem } = useAct();
  const [asked, setAsked] = useState<"leave" | "take-over">();
  const may = (act: string) => team.may.includes(act);
  const at = `/proposals/${p.id}`;
  if (!may("team.join") && !may("team.leave") && !may("team.take-over")) return null;
  return (
    <div className={styles.stack}>
      <ErrorSummary problem={problem} />
      <div className={styles.acts}>
        {may("team.join") && (
          <Button tone="main" busy={busy} onClick={async () => (await run(`${at}/team-joining`)) && toast(t("team.joined"))}>
            {t("team.join")}
          </Button>
        )}
        {may("team.take-over") && <Button onClick={() => setAsked("take-over")}>{t("team.take-over")}</Button>}
        {may("team.leave") && (
          <Button tone="quiet" onClick={() => setAsked("leave")}>
            {t("team.leave")}
          </Button>
        )}
      </div>
      {asked === "leave" && (
        <ReasonDialog
          title={t("team.leave")}
          lead={t("team.leave-lead")}
          act={t("team.leave")}
          done={t("team.left")}
          path={`${at}/team-leaving`}
          tone="danger"
          onClose={() => setAsked(undefined)}
          then={() => go("/proposals")}
        />
      )}
      {asked === "take-over" && (
        <ReasonDialog
          title={t("team.take-over")}
          lead={t("team.take-over-lead")}
          act={t("team.take-over")}
          done={t("team.taken-over")}
          path={`${at}/team-taking-over`}
          reason={{ label: t("team.reason"), hint: t("team.take-over-reason") }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}

type Invited = Team & { token?: string; expires_at?: string };

function Invite({ p }: { p: Proposal }) {
  const { t, language } = useWords();
  const { run, busy, problem } = useAct();
  const [v, change, sent] = useTypedForm(`invitation/${p.id}`, {
    email: "",
    name: "",
    language: language as string,
    organisation: p.organisation.id,
    role: "editor" as (typeof given)[number],
  });
  const [made, setMade] = useState<{ name: string; language: string; answer: Invited }>();
  const faults = faultsByField(problem);
  const partners = [p.organisation, ...p.shares.flatMap((s) => (s.organisation ? [s.organisation] : []))].filter(
    (o, i, all) => all.findIndex((x) => x.id === o.id) === i,
  );
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    setMade(undefined);
    const answer = await run<Invited>(`/proposals/${p.id}/team`, v);
    if (!answer) return;
    setMade({ name: v.name || v.email, language: v.language, answer });
    await sent();
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("team.invite")}</h2>
      <ErrorSummary problem={problem} />
      {made && (
        <div role="status" className={office.rule}>
          <p>{made.answer.token ? t("team.invited-link", { name: made.name }) : t("team.invited", { name: made.name })}</p>
          {made.answer.token && (
            <p>
              <code dir="ltr" className={office.account}>
                {`${location.origin}/${made.language}/password?token=${made.answer.token}`}
              </code>
            </p>
          )}
        </div>
      )}
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
        id="organisation"
        label={t("team.organisation")}
        hint={t("team.organisation-hint")}
        value={v.organisation}
        error={faults.organisation}
        onChange={(e) => change({ organisation: e.target.value })}
      >
        {partners.map((o) => (
          <option key={o.id} value={o.id}>
            {o.name}
          </option>
        ))}
      </Choice>
      <Radios
        id="role"
        label={t("team.role")}
        value={v.role}
        error={faults.role}
        onChange={(role) => change({ role })}
        options={given.map((r) => ({ value: r, label: t(`team.role.${r}`), hint: t(`team.role.${r}.may`) }))}
      />
      {v.organisation === p.organisation.id && (
        <>
          <Field
            id="name"
            label={t("team.name")}
            hint={t("team.name-hint")}
            optional
            value={v.name}
            error={faults.name}
            onChange={(e) => change({ name: e.target.value })}
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
        </>
      )}
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("team.invite")}
        </Button>
      </div>
    </form>
  );
}
