import { ButtonLink } from "../money-office/parts";
import { ProgrammeList } from "../programme/ProgrammeList";
import { PageHead } from "../shell/PageHead";
import { useWords } from "../words/i18n";

/** The joint programmes that a decision made, from which transfers are requested. */
export default function ProgrammesPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead
        title={t("programmes.title")}
        lead={t("programmes.lead")}
        actions={<ButtonLink href="/office/reports">{t("programmes.reports")}</ButtonLink>}
      />
      <ProgrammeList to="/office/programmes" caption={t("programmes.title")} empty={t("programmes.empty")} />
    </>
  );
}
