import styles from "../decision/decision.module.css";
import { named, type ProposalForm } from "../proposal/proposal";
import { DateTime } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Report, tones } from "./data";

/** What the secretariat said of each version, the latest first, with what is to be mended. */
export default function Findings({ report, form }: { report: Report; form: ProposalForm }) {
  const { t, language } = useWords();
  return report.findings.map((f, i) => (
    <section key={f.n} className={i === 0 && report.state === "returned" ? styles.over : styles.card}>
      <h2>
        {t("finding.on", { n: f.n })} <Tag tone={tones[f.outcome]}>{t(`report.state.${f.outcome}`)}</Tag>
      </h2>
      <p className={styles.quiet}>
        <DateTime value={f.at} /> {f.by && <bdi>{f.by}</bdi>}
      </p>
      {f.remark && <p dir="auto">{f.remark}</p>}
      {f.points.length > 0 && (
        <ol>
          {f.points.map((p, n) => (
            <li key={n}>
              <strong>{named(form.sections.find((s) => s.key === p.section)?.title, language)}</strong> <span dir="auto">{p.todo}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  ));
}
