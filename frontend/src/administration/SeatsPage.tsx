import { lazy, Suspense, useMemo, useSyncExternalStore } from "react";
import { Link, useLocation, useSearch } from "wouter";
import { seats as draw, type Seat } from "../chart/seats";
import office from "../money-office/Office.module.css";
import { type Schemas, today, useRead } from "../money-office/office";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DayField } from "../time/DayField";
import { formatDay } from "../time/dates";
import { Chart } from "../ui/Chart/Chart";
import { DataTable } from "../ui/DataTable/DataTable";
import { directionOf, useWords } from "../words/i18n";
import { useSeatName } from "./seat";

const GiveSeat = lazy(() => import("./GiveSeat"));
const Terms = lazy(() => import("../seats/Terms"));

const kinds = ["recipients", "donors", "stakeholders", "network"];

/** The body's seats: who holds each and when, as a picture and as a table, and giving a seat for a term. */
export default function SeatsPage() {
  const { t, language } = useWords();
  const name = useSeatName();
  const width = useWidth();
  const on = new URLSearchParams(useSearch()).get("on") ?? "";
  const [, go] = useLocation();
  const seats = useRead<Schemas["Seat"][]>("/seats");
  const then = useRead<Schemas["Seat"][]>("/seats", on ? { on } : {});
  const svg = useMemo(() => {
    const far = `${Number(today().slice(0, 4)) + 2}-12-31`;
    const rows: Seat[] = (seats.data ?? [])
      .filter((s) => s.terms.length > 0)
      .map((s) => ({
        name: name(s),
        kind: (Math.max(0, kinds.indexOf(s.constituency)) + 1) as Seat["kind"],
        terms: s.terms.map((m) => ({ holder: m.code, from: m.from, until: m.until ?? far })),
      }));
    const frame = {
      title: t("admin.seats-chart"),
      description: t("admin.seats-chart-about"),
      dir: directionOf(language) as "ltr" | "rtl",
      width: width,
    };
    return rows.length === 0 ? "" : draw(frame, rows, today());
  }, [seats.data, language, t, name, width]);
  if (seats.error) return <Trouble error={seats.error} again={() => void seats.refetch()} />;
  if (!seats.data) return <Waiting />;
  const terms = seats.data.flatMap((s) => s.terms.map((m, n) => ({ seat: s, term: m, id: `${s.id} ${n}` })));
  const open = seats.data.filter((s) => s.may.includes("seat.give"));
  const end = (until: string | null) => (until ? <Day value={until} short /> : t("admin.open-end"));
  return (
    <>
      <PageHead
        title={t("admin.seats")}
        lead={t("admin.seats-lead")}
        actions={<Link href="/constituencies">{t("constituencies.title")}</Link>}
      />
      <div className={office.stack}>
        <div className={office.row}>
          <DayField
            id="on"
            label={t("admin.seats-on")}
            hint={t("admin.seats-on-hint")}
            value={on || today()}
            onDay={(day) => go(day && day !== today() ? `/seats?on=${day}` : "/seats", { replace: true })}
          />
        </div>
        <DataTable
          caption={on ? t("admin.seats-then", { day: formatDay(on, language) }) : t("admin.seats-now")}
          rows={then.data ?? []}
          id={(s) => s.id}
          columns={[
            { key: "seat", head: t("admin.seat"), heads: true, by: name, cell: name },
            {
              key: "who",
              head: t("admin.holder"),
              by: (s) => s.holder?.name ?? "",
              cell: (s) =>
                s.holder ? (
                  <bdi lang="">{s.holder.name}</bdi>
                ) : s.begins ? (
                  t("seats.begins", { day: formatDay(s.begins, language) })
                ) : (
                  t("admin.vacant")
                ),
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
                { key: "seat", head: t("admin.seat"), heads: true, cell: (r) => name(r.seat) },
                { key: "who", head: t("admin.holder"), cell: (r) => <bdi lang="">{r.term.name}</bdi> },
                { key: "from", head: t("admin.from"), cell: (r) => <Day value={r.term.from} short /> },
                { key: "until", head: t("admin.until"), cell: (r) => end(r.term.until) },
              ]}
            />
          </Chart>
        )}
        <Suspense>
          {seats.data.some((s) => s.may.includes("rotation.read")) && <Terms seats={seats.data} />}
          {open.length > 0 && <GiveSeat seats={open} />}
        </Suspense>
      </div>
    </>
  );
}

const listen = (changed: () => void) => {
  addEventListener("resize", changed);
  return () => removeEventListener("resize", changed);
};
/** How wide a picture may be here, in pixels; a turned tablet draws it anew. */
const useWidth = () => useSyncExternalStore(listen, () => Math.max(280, Math.min(innerWidth, 1440) - 82));
