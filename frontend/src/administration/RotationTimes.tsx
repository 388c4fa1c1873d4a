import { useMemo } from "react";
import { useNames } from "../api/organisations";
import { seats as draw, type Seat } from "../chart/seats";
import { type Schemas, today, useRead } from "../money-office/office";
import { Day } from "../time/DateTime";
import { Chart } from "../ui/Chart/Chart";
import { DataTable } from "../ui/DataTable/DataTable";
import { directionOf, useWords } from "../words/i18n";

const kinds = ["recipients", "donors", "stakeholders", "network"];

/** Who holds each seat and whom the program proposes, as a picture and its table. */
export default function Times({ rounds }: { rounds: Schemas["RotationRound"][] }) {
  const { t, language } = useWords();
  const all = useRead<Schemas["Seat"][]>("/seats");
  const { known } = useNames();
  const rows = useMemo(
    () =>
      rounds
        .flatMap((r) => r.vacancies)
        .map((v) => {
          const held = all.data?.find((s) => s.id === v.seat)?.terms ?? [];
          const next = rounds.flatMap((r) => r.proposal?.choices ?? []).find((c) => c.seat === v.seat);
          const terms = held.map((m) => ({ holder: known?.[m.code]?.short ?? m.code, from: m.from, until: m.until ?? v.until }));
          if (next) terms.push({ holder: `${next.holder} (?)`, from: next.from, until: next.until });
          return { name: v.name, constituency: v.constituency, terms };
        }),
    [rounds, all.data, known],
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
