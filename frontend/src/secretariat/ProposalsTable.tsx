import { Link } from "wouter";
import { useNames } from "../api/organisations";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag, type Tone } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { ProposalLine } from "./lists";

const tones: Record<string, Tone> = {
  submitted: "link",
  eligible: "good",
  approved: "good",
  returned: "warn",
  ineligible: "bad",
  declined: "bad",
};

/** Proposals in a list, each leading to where it is dealt with. */
export function ProposalsTable({
  caption,
  rows,
  empty,
  currency,
  path,
  more,
}: {
  caption: string;
  rows: ProposalLine[];
  empty: string;
  currency: string;
  path: (p: ProposalLine) => string;
  more?: (() => void) | undefined;
}) {
  const { t } = useWords();
  const { short } = useNames();
  return (
    <div className={styles.stack}>
      <DataTable
        caption={caption}
        captionUnseen
        rows={rows}
        id={(p) => p.id}
        empty={empty}
        columns={[
          { key: "ref", plain: true, head: t("cases.ref"), by: (p) => p.ref, cell: (p) => <bdi dir="ltr">{p.ref}</bdi> },
          {
            key: "title",
            head: t("cases.name"),
            heads: true,
            cell: (p) => (
              <Link href={path(p)} dir="auto">
                {p.title}
              </Link>
            ),
          },
          {
            key: "by",
            plain: true,
            head: t("reading.applicant"),
            by: (p) => p.organisation.name,
            cell: (p) => <bdi title={p.organisation.name}>{short(p.organisation.code)}</bdi>,
          },
          { key: "state", plain: true, head: t("reading.state"), by: (p) => p.state?.name ?? "", cell: (p) => <bdi>{p.state?.name}</bdi> },
          {
            key: "amount",
            head: t("cases.amount", { currency }),
            kind: "amount",
            by: (p) => p.amount.amount,
            cell: (p) => <Amount value={p.amount.amount} />,
          },
          {
            key: "stage",
            plain: true,
            head: t("cases.stage"),
            by: (p) => p.stage,
            cell: (p) => <Tag tone={tones[p.stage] ?? "plain"}>{t(`cases.stage.${p.stage}`)}</Tag>,
          },
        ]}
      />
      {more && (
        <div className={styles.acts}>
          <Button onClick={more}>{t("cases.more")}</Button>
        </div>
      )}
    </div>
  );
}
