import { Link } from "wouter";
import type { components } from "../api/schema";
import { useRules } from "../decision/data";
import { Listing } from "../list/Listing";
import { Amount } from "../money/Amount";
import { sum } from "../money/money";
import { ButtonLink } from "../money-office/parts";
import { decided } from "../programme/data";
import { PageHead } from "../shell/PageHead";
import { useWords } from "../words/i18n";

/** The joint programmes that a decision made, from which transfers are requested. */
export default function ProgrammesPage() {
  const { t } = useWords();
  const rules = useRules().data;
  const total = (shares: { amount: { amount: string } }[]) => sum(shares.map((s) => s.amount.amount));
  return (
    <>
      <PageHead
        title={t("programmes.title")}
        lead={t("programmes.lead")}
        actions={<ButtonLink href="/office/reports">{t("programmes.reports")}</ButtonLink>}
      />
      <Listing<components["schemas"]["Programme"]>
        path="/programmes"
        caption={t("programmes.title")}
        id={(p) => p.id}
        first="code"
        among={{ state: decided.join() }}
        empty={t("programmes.empty")}
        columns={[
          { key: "code", head: t("programmes.code"), by: (p) => p.code, cell: (p) => <bdi dir="ltr">{p.code}</bdi> },
          {
            key: "title",
            head: t("programmes.name"),
            heads: true,
            by: (p) => p.title,
            cell: (p) => (
              <Link href={`/office/programmes/${p.id}`} dir="auto">
                {p.title}
              </Link>
            ),
          },
          { key: "decision", head: t("programmes.decision"), cell: (p) => <bdi dir="ltr">{p.decision}</bdi> },
          {
            key: "amount",
            head: t("programmes.amount", { currency: rules?.currency ?? "" }),
            kind: "amount",
            cell: (p) => <Amount value={total(p.shares)} />,
          },
        ]}
      />
    </>
  );
}
