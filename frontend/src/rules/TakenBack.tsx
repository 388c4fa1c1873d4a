import page from "../decision/decision.module.css";
import { Day } from "../time/DateTime";
import { formatDay } from "../time/dates";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Schemas } from "./rules";

/** What follows from taking a version back: who rules then, which seats go, who is named for one. */
export function TakenBack({ of: b }: { of: Schemas["RulesTakenBack"] }) {
  const { t, language } = useWords();
  return (
    <section className={page.tight} aria-label={t("ahead.seats")}>
      <p className={page.calm}>{t("ahead.takes-back", { n: b.version, day: formatDay(b.from, language), instead: b.instead })}</p>
      <h2>{t("ahead.seats")}</h2>
      {b.seats.length === 0 ? (
        <p>{t("ahead.seats-none")}</p>
      ) : (
        <ul className={page.list}>
          {b.seats.map((name) => (
            <li key={name}>
              <bdi dir="ltr">{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      <DataTable
        caption={t("ahead.given")}
        rows={b.given}
        id={(g) => `${g.seat} ${g.organisation} ${g.from}`}
        empty={t("ahead.given-none")}
        columns={[
          { key: "seat", head: t("ahead.seat"), heads: true, cell: (g) => <bdi dir="ltr">{g.seat}</bdi> },
          { key: "organisation", head: t("ahead.organisation"), cell: (g) => <bdi>{g.organisation}</bdi> },
          { key: "from", head: t("ahead.from"), cell: (g) => <Day value={g.from} /> },
          {
            key: "then",
            head: t("ahead.then"),
            cell: (g) => <Tag tone={g.alone ? "warn" : "plain"}>{t(g.alone ? "ahead.goes" : "ahead.stays")}</Tag>,
          },
        ]}
      />
    </section>
  );
}
