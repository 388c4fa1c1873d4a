import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Indicator, Report } from "./data";
import { Progress } from "./Progress";
import styles from "./report.module.css";

/** Results against targets, output by output; the figures are the server's, to the digit. */
export default function Results({ report }: { report: Report }) {
  const { t } = useWords();
  const lang = report.language;
  if (report.framework.length === 0) return <p className={styles.quiet}>{t("results.none")}</p>;
  return report.framework.map((outcome) => (
    <section key={outcome.code} className={styles.stack}>
      <h3>
        <bdi>{outcome.code}</bdi> <bdi dir="auto">{outcome.title}</bdi>
      </h3>
      {outcome.outputs.map((output) => {
        const state = report.outputs[output.code];
        return (
          <div key={output.code}>
            <p>
              <bdi>{output.code}</bdi> <bdi dir="auto">{output.title}</bdi>{" "}
              {state && <Tag tone={state === "delivered" ? "good" : state === "dropped" ? "warn" : "plain"}>{t(`output.${state}`)}</Tag>}
            </p>
            <DataTable<Indicator>
              caption={t("results.of", { code: output.code })}
              captionUnseen
              rows={output.indicators}
              id={(i) => i.key}
              columns={[
                {
                  key: "name",
                  head: t("results.indicator"),
                  heads: true,
                  cell: (i) => (
                    <>
                      <bdi dir="auto">{i.name}</bdi>
                      {report.results[i.key]?.note && (
                        <p className={styles.quiet} dir="auto" lang={lang}>
                          {report.results[i.key]?.note}
                        </p>
                      )}
                    </>
                  ),
                },
                { key: "baseline", head: t("results.baseline"), kind: "number", cell: (i) => <Figure value={i.baseline} /> },
                { key: "target", head: t("results.target"), kind: "number", cell: (i) => <Figure value={i.target} /> },
                { key: "value", head: t("results.value"), kind: "number", cell: (i) => <Figure value={report.results[i.key]?.value} /> },
                { key: "progress", head: t("results.progress"), kind: "number", cell: (i) => <Progress of={i} /> },
              ]}
            />
          </div>
        );
      })}
    </section>
  ));
}

const Figure = ({ value }: { value?: string }) => <bdi dir="ltr">{value || "–"}</bdi>;
