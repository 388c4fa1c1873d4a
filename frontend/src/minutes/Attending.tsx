import { useNames } from "../api/organisations";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import type { Says } from "./data";
import { Who } from "./Who";

/** Who was at the meeting without a seat, and from when until when. */
export default function Attending({ of }: { of: NonNullable<Says["attending"]> }) {
  const { t } = useWords();
  const { name } = useNames();
  return (
    <DataTable
      caption={t("minutes.attending")}
      rows={of}
      id={(a) => `${a.organisation} ${a.name} ${a.from}`}
      columns={[
        {
          key: "who",
          head: t("minutes.organisation"),
          heads: true,
          by: (a) => name(a.organisation),
          cell: (a) => <Who organisation={a.organisation} person={a.name} />,
        },
        { key: "as", head: t("minutes.as"), cell: (a) => t(`minutes.as.${a.as}`) },
        { key: "from", head: t("minutes.from"), cell: (a) => <Moment value={a.from} zone={fund.zone} hour /> },
        { key: "until", head: t("minutes.until"), cell: (a) => a.until && <Moment value={a.until} zone={fund.zone} hour /> },
      ]}
    />
  );
}
