import { Link } from "wouter";
import { useWords } from "../words/i18n";

/** The way from a meeting that is over to its minutes. */
export default function MinutesLink({ meeting }: { meeting: string }) {
  const { t } = useWords();
  return (
    <p>
      <Link href={`/meetings/${meeting}/minutes`}>{t("minutes.open")}</Link>
    </p>
  );
}
