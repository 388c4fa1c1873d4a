import { useMemo } from "react";
import { seats as draw, type Seat } from "../chart/seats";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { Chart } from "../ui/Chart/Chart";
import { DataTable } from "../ui/DataTable/DataTable";
import { directionOf, useWords } from "../words/i18n";
import { Confirm, VacancyPart } from "./Rotation";

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
      <PageHead title={t("rotation.title")} lead={t("rotation.lead")} />
      <div className={office.stack}>
        {rounds.length === 0 && <p>{t("rotation.none", { months: horizon })}</p>}
        {may.includes("rotation.confirm") && chosen.length > 0 && <Confirm chosen={chosen} rules={rules} />}
        {rounds.map((r) => (
          <Round key={r.day} of={r} />
        ))}
        {rounds.length > 0 && <Times rounds={rounds} />}
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
            constituency: (of.vacancies.find((v) => v.constituency === s.constituency)?.name ?? s.constituency).replace(/\s\d+$/, ""),
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

const kinds = ["recipients", "donors", "stakeholders", "network"];

/** Who holds each seat and whom the program proposes, as a picture and its table. */
function Times({ rounds }: { rounds: Schemas["RotationRound"][] }) {
  const { t, language } = useWords();
  const all = useRead<Schemas["Seat"][]>("/seats");
  const rows = useMemo(
    () =>
      rounds
        .flatMap((r) => r.vacancies)
        .map((v) => {
          const held = all.data?.find((s) => s.id === v.seat)?.terms ?? [];
          const next = rounds.flatMap((r) => r.proposal?.choices ?? []).find((c) => c.seat === v.seat);
          const terms = held.map((m) => ({ holder: m.code, from: m.from, until: m.until ?? v.until }));
          if (next) terms.push({ holder: `${next.code} (?)`, from: next.from, until: next.until });
          return { name: v.name, constituency: v.constituency, terms };
        }),
    [rounds, all.data],
  );
  const svg = useMemo(() => {
    const seats: Seat[] = rows.map((r) => ({
      name: r.name,
      kind: (Math.max(0, kinds.indexOf(r.constituency)) + 1) as Seat["kind"],
      terms: r.terms,
    }));
    const frame = {
      title: t("rotation.chart"),
      description: t("rotation.lead"),
      dir: directionOf(language) as "ltr" | "rtl",
      width: Math.max(280, Math.min(innerWidth, 1440) - 82),
    };
    return seats.some((s) => s.terms.length > 0) ? draw(frame, seats, today()) : "";
  }, [rows, t, language]);
  const terms = rows.flatMap((r) => r.terms.map((m) => ({ seat: r.name, ...m })));
  return svg === "" ? null : (
    <Chart title={t("rotation.chart")} svg={svg}>
      <DataTable
        caption={t("rotation.chart")}
        rows={terms}
        id={(r) => `${r.seat} ${r.from}`}
        columns={[
          { key: "seat", head: t("rotation.seat"), heads: true, cell: (r) => r.seat },
          { key: "who", head: t("rotation.organisation"), cell: (r) => <bdi lang="">{r.holder}</bdi> },
          { key: "from", head: t("rotation.from"), cell: (r) => <Day value={r.from} short /> },
          { key: "until", head: t("rotation.until"), cell: (r) => <Day value={r.until} short /> },
        ]}
      />
    </Chart>
  );
}
