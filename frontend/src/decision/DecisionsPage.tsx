import { Suspense } from "react";
import { Link } from "wouter";
import type { components } from "../api/schema";
import { Listing } from "../list/Listing";
import { Amount } from "../money/Amount";
import { PageHead } from "../shell/PageHead";
import { Day } from "../time/DateTime";
import { useWords } from "../words/i18n";
import { BodyLinks } from "../yearly/lazy";
import { named, useRules } from "./data";

/** What the body adopted, the newest first. */
export default function DecisionsPage() {
  const { t, language } = useWords();
  const rules = useRules().data;
  return (
    <>
      <PageHead
        title={t("decisions.title")}
        lead={t("decisions.lead")}
        actions={
          <Suspense>
            <BodyLinks />
          </Suspense>
        }
      />
      <Listing<components["schemas"]["Decision"]>
        path="/decisions"
        caption={t("decisions.title")}
        id={(d) => d.number}
        first="-at"
        empty={t("decisions.empty")}
        narrow={[
          {
            field: "kind",
            label: t("decisions.kind"),
            values: rules?.decisions.map((k) => k.kind) ?? [],
            called: (kind) => named(rules?.decisions.find((k) => k.kind === kind)?.name, language, kind),
          },
        ]}
        columns={[
          { key: "number", plain: true, head: t("decisions.number"), by: (d) => d.number, cell: (d) => <bdi dir="ltr">{d.number}</bdi> },
          {
            key: "title",
            head: t("decisions.name"),
            heads: true,
            by: (d) => d.title,
            cell: (d) => (
              <Link href={`/decisions/${d.number}`} lang={d.language} dir="auto">
                {d.title}
              </Link>
            ),
          },
          {
            key: "kind",
            plain: true,
            head: t("decisions.kind"),
            by: (d) => d.kind,
            cell: (d) => named(rules?.decisions.find((k) => k.kind === d.kind)?.name, language, d.kind),
          },
          {
            key: "amount",
            head: t("decisions.amount", { currency: rules?.currency ?? "" }),
            kind: "amount",
            by: (d) => d.amount?.amount ?? "0",
            cell: (d) => d.amount && <Amount value={d.amount.amount} />,
          },
          {
            key: "at",
            plain: true,
            head: t("decisions.at"),
            by: (d) => d.adopted_at,
            cell: (d) => <Day value={d.adopted_at.slice(0, 10)} short />,
          },
        ]}
      />
    </>
  );
}
