import { PageHead } from "../shell/PageHead";
import { useWords } from "../words/i18n";
import { ProgrammeList } from "./ProgrammeList";

/** The joint programmes that decisions made, with where each is in its life. */
export default function ProgrammesPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t("life.programmes")} lead={t("life.programmes-lead")} />
      <ProgrammeList to="/programmes" caption={t("life.programmes")} empty={t("life.programmes-none")} />
    </>
  );
}
