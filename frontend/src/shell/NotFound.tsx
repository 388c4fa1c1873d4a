import { Link } from "wouter";
import { useWords } from "../words/i18n";
import { PageHead } from "./PageHead";

/** What is nowhere, or out of one's reach: the two are not told apart. */
export default function NotFound() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t("missing.title")} lead={t("missing.lead")} />
      <p>
        <Link href="/">{t("missing.home")}</Link>
      </p>
    </>
  );
}
