import { lazy, Suspense } from "react";
import { Link } from "wouter";
import office from "../money-office/Office.module.css";
import { type Schemas, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { formatDay } from "../time/dates";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { Confirm, VacancyPart } from "./Rotation";

const Times = lazy(() => import("./RotationTimes"));
const Lots = lazy(() => import("./Lots"));

/** How seats rotate: what falls vacant, who may come next and why not, what the program proposes, and choosing. */
export default function RotationPage() {
  const { t } = useWords();
  const plan = useRead<Schemas["Rotation"]>("/rotation");
  if (plan.error) return <Trouble error={plan.error} again={() => void plan.refetch()} />;
  if (!plan.data) return <Waiting />;
  const { rounds, rules, may, horizon } = plan.data;
  const chosen = rounds.flatMap((r) => r.vacancies.flatMap((v) => v.nominations.filter((n) => n.state === "chosen")));
  return (
    <>
      <PageHead
        title={t("rotation.title")}
        lead={t("rotation.lead")}
        actions={
          <>
            <Link href="/seats">{t("seats.title")}</Link>
            <Link href="/constituencies">{t("constituencies.title")}</Link>
          </>
        }
      />
      <div className={office.stack}>
        {rounds.length === 0 && <p>{t("rotation.none", { months: horizon })}</p>}
        {may.includes("rotation.confirm") && chosen.length > 0 && <Confirm chosen={chosen} rules={rules} />}
        {rounds.map((r) => (
          <Round key={r.day} of={r} />
        ))}
        {rounds.length > 0 && (
          <Suspense>
            <Times rounds={rounds} />
          </Suspense>
        )}
        <Suspense>
          <Lots />
        </Suspense>
      </div>
    </>
  );
}

function Round({ of }: { of: Schemas["RotationRound"] }) {
  const { t, language } = useWords();
  const p = of.proposal;
  const after = p && p.choices.length > 0 ? p.after : null;
  const groups = Object.keys(of.before.groups).map((g) => ({ group: g, before: of.before.groups[g] ?? 0, after: after?.groups[g] ?? 0 }));
  return (
    <section className={office.stack} aria-label={t("rotation.round", { day: formatDay(of.day, language) })}>
      <h2>{t("rotation.round", { day: formatDay(of.day, language) })}</h2>
      {p && p.conflict.length > 0 && <p role="status">{t("rotation.conflict", { rules: p.conflict.map((c) => c.name).join("; ") })}</p>}
      {p?.short.map((s) => (
        <p key={s.constituency}>
          {t("rotation.short", {
            constituency: s.name,
            seats: s.seats,
            able: s.able,
          })}
        </p>
      ))}
      {p && p.choices.length > 0 && (
        <>
          <DataTable
            caption={t("rotation.proposal")}
            rows={p.choices}
            id={(c) => c.seat}
            columns={[
              { key: "seat", head: t("rotation.seat"), heads: true, cell: (c) => c.name },
              { key: "who", head: t("rotation.organisation"), cell: (c) => <bdi lang="">{c.holder}</bdi> },
              { key: "why", head: t("rotation.why"), cell: (c) => c.why.sentence },
            ]}
          />
          <p>{t("rotation.proposal-note", { seed: of.seed })}</p>
        </>
      )}
      <DataTable
        caption={t("rotation.balance")}
        rows={groups}
        id={(g) => g.group}
        columns={[
          { key: "group", head: t("rotation.group"), heads: true, cell: (g) => t(`rotation.${g.group}`) },
          { key: "before", head: t("rotation.before"), kind: "number" as const, cell: (g) => g.before },
          ...(after
            ? [{ key: "after", head: t("rotation.after"), kind: "number" as const, cell: (g: (typeof groups)[0]) => g.after }]
            : []),
        ]}
      />
      {of.vacancies.map((v) => (
        <VacancyPart key={v.seat} of={v} />
      ))}
    </section>
  );
}
