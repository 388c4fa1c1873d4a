import { Checklist, type Checks } from "../screening/Checklist";
import { useScreenings } from "../screening/data";
import { Waiting } from "../shell/Trouble";
import { useWords } from "../words/i18n";

/** The list that a finding of eligible goes by, answered once for all that are chosen: it is the one of the proposal that is given. */
export default function CommonList(props: { of: string; value: Checks; change: (to: Checks) => void; wrong: Record<string, string> }) {
  const { t } = useWords();
  const { data } = useScreenings(props.of);
  if (!data) return <Waiting />;
  return (
    data.checklist.length > 0 && (
      <>
        <p>{t("checks.common")}</p>
        <Checklist items={data.checklist} value={props.value} change={props.change} wrong={props.wrong} />
      </>
    )
  );
}
