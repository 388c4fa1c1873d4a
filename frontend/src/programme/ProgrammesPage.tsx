import { Link } from "wouter";
import type { components } from "../api/schema";
import { Listing } from "../list/Listing";
import { PageHead } from "../shell/PageHead";
import { Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { decided, toneOf } from "./data";

/** The joint programmes that decisions made, with where each is in its life. */
export default function ProgrammesPage() {
  const { t } = useWords();
  return (
    <>
      <PageHead title={t("life.programmes")} lead={t("life.programmes-lead")} />
      <Listing<components["schemas"]["Programme"]>
        path="/programmes"
        caption={t("life.programmes")}
        id={(p) => p.id}
        first="code"
        among={{ state: decided.join() }}
        empty={t("life.programmes-none")}
        narrow={[{ field: "state", label: t("life.state"), values: decided, called: (state) => t(`life.state.${state}`) }]}
        columns={[
          { key: "code", plain: true, head: t("life.code"), by: (p) => p.code, cell: (p) => <bdi dir="ltr">{p.code}</bdi> },
          {
            key: "title",
            head: t("life.programme"),
            heads: true,
            by: (p) => p.title,
            cell: (p) => (
              <Link href={`/programmes/${p.id}`} dir="auto">
                {p.title}
              </Link>
            ),
          },
          {
            key: "state",
            plain: true,
            head: t("life.state"),
            by: (p) => p.state,
            cell: (p) => <Tag tone={toneOf(p.state)}>{t(`life.state.${p.state}`)}</Tag>,
          },
          { key: "end", head: t("life.end"), by: (p) => p.ends_on ?? "", cell: (p) => p.ends_on && <Day value={p.ends_on} short /> },
        ]}
      />
    </>
  );
}
