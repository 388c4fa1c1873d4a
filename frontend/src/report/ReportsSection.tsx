import { Link } from "wouter";
import { Waiting } from "../shell/Trouble";
import { useWords } from "../words/i18n";
import { Calendar } from "./Calendar";
import { useReporting } from "./data";

/** What a programme reports, on its page. */
export default function ReportsSection({ programme }: { programme: string }) {
  const { t } = useWords();
  const reporting = useReporting(programme);
  if (reporting.error) return null;
  return (
    <section>
      <h2>{t("reports.title")}</h2>
      <p>
        <Link href={`/programmes/${programme}/reports`}>{t("reports.open")}</Link>
      </p>
      {reporting.data ? <Calendar programme={programme} items={reporting.data.items} /> : <Waiting />}
    </section>
  );
}
