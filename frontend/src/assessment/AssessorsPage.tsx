import { Link } from "wouter";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { formatAmount } from "../money/money";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { AskedSeats } from "./AskedSeats";
import { useAssessors } from "./assessors";
import { SharingOut } from "./SharingOut";

/** Which seats are asked to assess the proposals of a call, what each has to do, and who would be asked next. */
export default function AssessorsPage({ params }: { params: { id: string } }) {
  const { t, language } = useWords();
  const read = useAssessors(params.id);
  const rules = useRules().data;
  const file = read.data;
  if (read.error) return <Trouble error={read.error} again={() => void read.refetch()} />;
  if (!file || !rules) return <Waiting />;
  const lacking = file.proposals.reduce((n, p) => n + p.lacking, 0);
  return (
    <>
      <PageHead
        title={t("assessors.title")}
        lead={t("assessors.lead", { asked: file.asked })}
        crumbs={
          <>
            <Link href="/office/calls">{t("assessors.calls")}</Link> /{" "}
            <Link href={`/office/calls/${file.call}`}>
              <bdi>{file.ref}</bdi>
            </Link>
          </>
        }
      />
      <div className={styles.stack}>
        {file.proposals.length === 0 ? (
          <p className={styles.card}>{t("assessors.none")}</p>
        ) : (
          <div className={`${styles.note} ${lacking > 0 ? "" : styles.calm}`}>
            <p>{t(lacking > 0 ? "assessors.lacking" : "assessors.enough", { count: lacking })}</p>
            {file.short > 0 && <p>{t("assessors.short", { count: file.short })}</p>}
          </div>
        )}
        {file.may.includes("assessment.share") && file.proposed.length > 0 && <SharingOut file={file} />}
        {file.proposals.map((p) => (
          <AskedSeats key={p.proposal} file={file} of={p} rules={rules} />
        ))}
        {(file.proposals.length > 0 || file.seats.some((s) => s.scores > 0)) && (
          <DataTable
            caption={t("assessors.load")}
            rows={file.seats}
            id={(s) => s.id}
            columns={[
              { key: "seat", head: t("assessors.seat"), heads: true, cell: (s) => <bdi>{s.organisation.name}</bdi> },
              {
                key: "constituency",
                plain: true,
                head: t("assessors.constituency"),
                by: (s) => s.constituency,
                cell: (s) => named(rules.constituencies.find((k) => k.key === s.constituency)?.name, language, s.name),
              },
              { key: "load", head: t("assessors.count"), kind: "number", by: (s) => String(s.load), cell: (s) => s.load },
              { key: "scores", head: t("assessors.scores"), kind: "number", by: (s) => String(s.scores), cell: (s) => s.scores },
              {
                key: "mean",
                head: t("assessors.mean"),
                kind: "number",
                by: (s) => s.mean,
                cell: (s) => (s.mean ? formatAmount(s.mean, language) : s.scores > 0 ? t("assessors.few") : "–"),
              },
              {
                key: "spread",
                head: t("assessors.spread"),
                kind: "number",
                cell: (s) =>
                  s.mean
                    ? t("assessors.from-to", { least: formatAmount(s.lowest, language), most: formatAmount(s.highest, language) })
                    : "–",
              },
            ]}
          />
        )}
        <p className={styles.quiet}>{t("assessors.shown", { count: file.too_few })}</p>
      </div>
    </>
  );
}
