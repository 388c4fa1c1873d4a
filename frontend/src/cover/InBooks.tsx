import { useNames } from "../api/organisations";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { Amount } from "../money/Amount";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";

type Books = components["schemas"]["ProgrammeBooks"];

/** What was granted to each organisation, and what of it is allocated, waits for money, went to it and is spent. */
export default function InBooks({ programme, currency }: { programme: string; currency: string }) {
  const { t } = useWords();
  const { short } = useNames();
  const books = useRead<Books>(`/programmes/${programme}/books`).data;
  if (!books || books.parts.length === 0) return null;
  const figures = ["share", "allocated", "awaiting", "transferred", "spent"] as const;
  return (
    <DataTable
      caption={t("cover.books", { currency })}
      rows={books.parts}
      id={(p) => p.organisation}
      columns={[
        { key: "organisation", head: t("cover.organisation"), heads: true, cell: (p) => <bdi>{short(p.organisation)}</bdi> },
        ...figures.map((key) => ({
          key,
          head: t(`cover.of.${key}`),
          kind: "amount" as const,
          cell: (p: Books["parts"][number]) => <Amount value={p[key].amount} />,
        })),
      ]}
    />
  );
}
