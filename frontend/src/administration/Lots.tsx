import { useNames } from "../api/organisations";
import office from "../money-office/Office.module.css";
import { type Schemas, useRead } from "../money-office/office";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { bringArea, useWords } from "../words/i18n";

await bringArea("lots"); // read by few, below all that falls vacant

/** What was proposed for each seat when it was confirmed, with all that draws its lot again. */
export default function Lots() {
  const { t } = useWords();
  const { name } = useNames();
  const seats = useRead<Schemas["Seat"][]>("/seats");
  if (seats.error) return <Trouble error={seats.error} again={() => void seats.refetch()} />;
  if (!seats.data) return <Waiting />;
  const drawn = seats.data
    .flatMap((seat) => seat.terms.flatMap((term) => (term.drawn ? [{ seat, term, lot: term.drawn }] : [])))
    .sort((a, b) => (a.term.from < b.term.from ? 1 : -1));
  return (
    <section className={office.stack}>
      <h2 id="lots">{t("lots.title")}</h2>
      {drawn.length > 0 && <p>{t("lots.lead")}</p>}
      <DataTable
        caption={t("lots.title")}
        captionUnseen
        rows={drawn}
        id={(x) => x.term.term}
        empty={t("lots.none")}
        columns={[
          { key: "seat", head: t("lots.seat"), heads: true, cell: (x) => <bdi dir="ltr">{x.seat.name}</bdi> },
          {
            key: "given",
            head: t("lots.given"),
            cell: (x) => (
              <>
                <bdi>{name(x.term.code)}</bdi>
                <br />
                <Day value={x.term.from} short />
              </>
            ),
          },
          {
            key: "proposed",
            head: t("lots.proposed"),
            cell: (x) =>
              x.lot.code ? (
                <>
                  <bdi>{name(x.lot.code)}</bdi> <small dir="ltr">{x.lot.code}</small>
                </>
              ) : (
                t("lots.nobody")
              ),
          },
          { key: "why", head: t("lots.why"), cell: (x) => x.lot.why && t(`lots.why.${x.lot.why}`) },
          {
            key: "draw",
            head: t("lots.draw"),
            cell: (x) => (
              <>
                <p>
                  {t("lots.seed")}: <code dir="ltr">{x.lot.seed}</code>
                </p>
                <p>
                  {t("lots.vacant")}: <Day value={x.lot.day} short />
                </p>
                {x.lot.lot && (
                  <p>
                    {t("lots.ticket")}:{" "}
                    <code dir="ltr" className={office.account}>
                      {x.lot.lot}
                    </code>
                  </p>
                )}
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
