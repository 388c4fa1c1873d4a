import { lazy, Suspense, useState } from "react";
import { useSeatName } from "../administration/seat";
import office from "../money-office/Office.module.css";
import { type Schemas, today } from "../money-office/office";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";

const LastDay = lazy(() => import("./LastDay"));
const Letter = lazy(() => import("./Letter"));

type Term = { seat: Schemas["Seat"]; term: Schemas["Seat"]["terms"][number] };

/** The terms that run or are to come: each with its letter, and with giving it up before it is over. */
export default function Terms({ seats }: { seats: Schemas["Seat"][] }) {
  const { t } = useWords();
  const name = useSeatName();
  const [asked, ask] = useState<{ what: "letter" | "end"; of: Term } | null>(null);
  const rows = seats.flatMap((seat) => seat.terms.filter((m) => m.until === null || m.until >= today()).map((term) => ({ seat, term })));
  const close = () => ask(null);
  return (
    <section className={office.stack}>
      <DataTable
        caption={t("seats.terms")}
        rows={rows}
        id={(r) => r.term.term}
        empty={t("seats.terms-none")}
        columns={[
          { key: "seat", head: t("seats.seat"), heads: true, by: (r) => name(r.seat), cell: (r) => name(r.seat) },
          { key: "who", head: t("seats.holder"), by: (r) => r.term.name, cell: (r) => <bdi lang="">{r.term.name}</bdi> },
          { key: "from", head: t("seats.from"), cell: (r) => <Day value={r.term.from} short /> },
          {
            key: "until",
            head: t("seats.last-day"),
            cell: (r) => (
              <>
                {r.term.until ? <Day value={r.term.until} short /> : t("seats.open-end")}
                {r.term.ended && <> ({t(`seats.why.${r.term.ended}`)})</>}
              </>
            ),
          },
          {
            key: "acts",
            head: <span className="unseen">{t("seats.acts")}</span>,
            cell: (r) => (
              <span className={office.acts}>
                {r.seat.may.includes("rotation.read") && (
                  <Button tone="quiet" onClick={() => ask({ what: "letter", of: r })}>
                    {t("seats.letter")}
                    <span className="unseen"> {r.term.name}</span>
                  </Button>
                )}
                {r.seat.may.includes("seat.give-up") && (
                  <Button tone="quiet" onClick={() => ask({ what: "end", of: r })}>
                    {t("seats.give-up")}
                    <span className="unseen"> {r.term.name}</span>
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      <Suspense>
        {asked?.what === "letter" && <Letter term={asked.of.term.term} to={asked.of.term.name} onClose={close} />}
        {asked?.what === "end" && (
          <LastDay
            title={t("seats.give-up-title", { name: asked.of.term.name, seat: name(asked.of.seat) })}
            lead={t("seats.give-up-lead")}
            act={t("seats.give-up")}
            done={t("seats.given-up")}
            path={`/seat-terms/${asked.of.term.term}/giving-up`}
            why
            whole={asked.of.term.from > today() || undefined}
            onClose={close}
          />
        )}
      </Suspense>
    </section>
  );
}
