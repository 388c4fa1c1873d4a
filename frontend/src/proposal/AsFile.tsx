import { fund } from "../shell/fund";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";

/** The proposal as a file: of a version, or as one sees it now. Where the fund makes no PDF, a page that the browser prints as one. */
export function AsFile({ id, version }: { id: string; version?: number }) {
  const { t, language } = useWords();
  const at = `/api/v1/proposals/${id}/document?language=${language}${version ? `&version=${version}` : ""}`;
  return (
    <span className={styles.files}>
      <a href={at} download>
        {t("proposal.word")}
      </a>
      <a href={`${at}&format=${fund.prints ? "pdf" : "html"}`} target="_blank" rel="noreferrer">
        {fund.prints ? "PDF" : t("proposal.printable")}
      </a>
    </span>
  );
}
