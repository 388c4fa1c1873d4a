import { type FormEvent, useMemo, useState } from "react";
import { faultsByField } from "../api/problem";
import { seats as draw, type Seat } from "../chart/seats";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useAct, useOrganisations, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Chart } from "../ui/Chart/Chart";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { directionOf, useWords } from "../words/i18n";
import { OrganisationChoice } from "./OrganisationChoice";

const kinds = ["recipients", "donors", "stakeholders", "network"];

/** The body's seats: who holds each and when, as a picture and as a table, and giving a seat for a term. */
export default function SeatsPage() {
  const { t, language } = useWords();
  const seats = useRead<Schemas["Seat"][]>("/seats");
  const svg = useMemo(() => {
    const far = `${Number(today().slice(0, 4)) + 2}-12-31`;
    const rows: Seat[] = (seats.data ?? [])
      .filter((s) => s.terms.length > 0)
      .map((s) => ({
        name: s.name,
        kind: (Math.max(0, kinds.indexOf(s.constituency)) + 1) as Seat["kind"],
        terms: s.terms.map((m) => ({ holder: m.code, from: m.from, until: m.until ?? far })),
      }));
    const frame = {
      title: t("admin.seats-chart"),
      description: t("admin.seats-chart-about"),
      dir: directionOf(language) as "ltr" | "rtl",
      width: Math.min(960, Math.max(280, innerWidth - 64)),
    };
    return rows.length === 0 ? "" : draw(frame, rows, today());
  }, [seats.data, language, t]);
  if (seats.error) return <Trouble error={seats.error} again={() => void seats.refetch()} />;
  if (!seats.data) return <Waiting />;
  const terms = seats.data.flatMap((s) => s.terms.map((m, n) => ({ seat: s, term: m, id: `${s.id} ${n}` })));
  const open = seats.data.filter((s) => s.may.includes("seat.give"));
  const end = (until: string | null) => (until ? <Day value={until} short /> : t("admin.open-end"));
  return (
    <>
      <PageHead title={t("admin.seats")} lead={t("admin.seats-lead")} />
      <div className={office.stack}>
        <DataTable
          caption={t("admin.seats-now")}
          rows={seats.data}
          id={(s) => s.id}
          columns={[
            { key: "seat", head: t("admin.seat"), heads: true, by: (s) => s.name, cell: (s) => <bdi>{s.name}</bdi> },
            {
              key: "who",
              head: t("admin.holder"),
              by: (s) => s.holder?.name ?? "",
              cell: (s) => (s.holder ? <bdi lang="">{s.holder.name}</bdi> : t("admin.vacant")),
            },
            { key: "from", head: t("admin.from"), cell: (s) => s.holder && <Day value={s.holder.from} short /> },
            { key: "until", head: t("admin.until"), cell: (s) => s.holder && end(s.holder.until) },
          ]}
        />
        {svg && (
          <Chart title={t("admin.seats-chart")} svg={svg}>
            <DataTable
              caption={t("admin.terms")}
              rows={terms}
              id={(r) => r.id}
              columns={[
                { key: "seat", head: t("admin.seat"), heads: true, cell: (r) => <bdi>{r.seat.name}</bdi> },
                { key: "who", head: t("admin.holder"), cell: (r) => <bdi lang="">{r.term.name}</bdi> },
                { key: "from", head: t("admin.from"), cell: (r) => <Day value={r.term.from} short /> },
                { key: "until", head: t("admin.until"), cell: (r) => end(r.term.until) },
              ]}
            />
          </Chart>
        )}
        {open.length > 0 && <Give seats={open} />}
      </div>
    </>
  );
}

function Give({ seats }: { seats: Schemas["Seat"][] }) {
  const { t } = useWords();
  const toast = useToast();
  const { list } = useOrganisations();
  const { run, busy, problem } = useAct();
  const none = { seat: seats[0]!.id, organisation: "", from: today(), until: "", note: "" };
  const [g, setG] = useState(none);
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setG((now) => ({ ...now, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = {
      organisation: g.organisation || "00000000-0000-0000-0000-000000000000",
      from: g.from,
      ...(g.until ? { until: g.until } : {}),
      note: g.note,
    };
    if (!(await run(`/seats/${g.seat}/terms`, body))) return;
    toast(t("admin.given"));
    setG(none);
  }
  return (
    <form className={`${office.form} ${office.panel}`} onSubmit={send} noValidate>
      <h2>{t("admin.give")}</h2>
      <ErrorSummary problem={problem} />
      <Choice id="seat" label={t("admin.seat")} value={g.seat} onChange={(e) => change({ seat: e.target.value })}>
        {seats.map((s) => (
          <option key={s.id} value={s.id}>
            {s.name}
          </option>
        ))}
      </Choice>
      <OrganisationChoice
        list={list}
        value={g.organisation}
        error={faults.organisation}
        onChange={(organisation) => change({ organisation })}
      />
      <div className={office.row}>
        <Field
          id="from"
          type="date"
          label={t("admin.from")}
          value={g.from}
          error={faults.from}
          onChange={(e) => change({ from: e.target.value })}
        />
        <Field
          id="until"
          type="date"
          label={t("admin.last-day")}
          optional
          value={g.until}
          error={faults.until}
          onChange={(e) => change({ until: e.target.value })}
        />
      </div>
      <TextField
        id="note"
        label={t("admin.note")}
        hint={t("admin.note-hint")}
        optional
        rows={2}
        value={g.note}
        error={faults.note}
        onChange={(e) => change({ note: e.target.value })}
      />
      <div className={office.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("admin.give")}
        </Button>
      </div>
    </form>
  );
}
