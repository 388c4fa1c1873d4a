import { fieldId } from "../api/problem";
import { named } from "../decision/data";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Finding, outside, type Point, type Screenings, useSections } from "./data";

type Written = { phase: "concept" | "document"; form: number };

/** What a place of a proposal is called: the section of its form, or what stands beside it. */
export function usePlaces({ phase, form }: Written) {
  const { t, language } = useWords();
  const sections = useSections(phase, form).data ?? [];
  return {
    sections: sections.map((s) => ({
      key: s.key,
      name: named(s.title as Record<string, string>, language, s.key),
      fields: s.fields.flatMap((f) =>
        f.kind !== "part" && f.label ? [{ at: `/answers/${f.key}`, name: named(f.label as Record<string, string>, language, f.key) }] : [],
      ),
    })),
    of: (point: Point) => {
      const section = sections.find((s) => s.key === point.section);
      if (section) {
        const title = named(section.title as Record<string, string>, language, section.key);
        const field = section.fields.find((f) => f.key === point.field.split("/")[2]);
        return field?.label ? `${title}: ${named(field.label as Record<string, string>, language, field.key)}` : title;
      }
      const beside = outside.find((o) => point.field.split("/")[1] === o);
      return beside ? t(`mend.place.${beside}`) : "";
    },
    /** The page that it is mended on, after the proposal's own, and the field there; "" where there is none. */
    page: (point: Point) => {
      const first = point.field.split("/")[1];
      if (first === "endorsements") return "endorsement";
      if (first === "attachments") return "attachments";
      if (!sections.some((s) => s.key === point.section)) return "";
      return `${point.section}${point.field && `?check#${fieldId(point.field)}`}`;
    },
  };
}

/** The items of the list that were not met, with what the screener says of each. */
export function Missed({ finding, checklist }: { finding: Finding; checklist: Screenings["checklist"] }) {
  const { t, language } = useWords();
  const missed = checklist.filter((i) => finding.checks[i.key]?.mark === "not-met");
  if (missed.length === 0) return null;
  return (
    <section className={styles.card}>
      <h2>{t("screened.missed")}</h2>
      <ul className={styles.rows}>
        {missed.map((i) => (
          <li key={i.key} className={styles.row}>
            <span>
              <span className={styles.who}>{named(i.name as Record<string, string>, language, i.key)}</span>
              <span className={styles.quiet} dir="auto">
                {finding.checks[i.key]?.remark}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a return asks to be mended, and how far it is, to read. */
export function Asked({ finding, written }: { finding: Finding; written: Written }) {
  const { t } = useWords();
  const places = usePlaces(written);
  if (finding.points.length === 0) return null;
  return (
    <section className={styles.card}>
      <h2>{t("mend.title")}</h2>
      <ul className={styles.rows}>
        {finding.points.map((x) => (
          <li key={x.id} className={styles.row}>
            <span>
              <span className={styles.who}>{places.of(x)}</span>
              <span dir="auto">{x.todo}</span>
              {x.note && (
                <span className={styles.quiet} dir="auto">
                  {x.note}
                </span>
              )}
            </span>
            <Tag tone={x.mended ? "good" : "plain"}>{t(x.mended ? "mend.yes" : "mend.no")}</Tag>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The applicant's word against a finding, and what became of it. */
export function Appealed({ appeal }: { appeal: Finding["appeal"] }) {
  const { t } = useWords();
  if (!appeal) return null;
  const decided = appeal.decision;
  return (
    <section className={styles.card}>
      <h2>{t("appeal.title")}</h2>
      <p className={styles.quiet}>
        <bdi>{appeal.by}</bdi> <DateTime value={appeal.at} zone={fund.zone} />
      </p>
      <p className={styles.text} dir="auto">
        {appeal.reason}
      </p>
      <p>
        <strong>{t(decided ? (decided.upheld ? "appeal.upheld" : "appeal.dismissed") : "appeal.waiting")}</strong>
      </p>
      {decided && (
        <>
          <p className={styles.quiet}>
            <bdi>{decided.by}</bdi> <DateTime value={decided.at} zone={fund.zone} />
          </p>
          <p className={styles.text} dir="auto">
            {decided.reason}
          </p>
        </>
      )}
    </section>
  );
}
