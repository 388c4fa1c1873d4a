import type { ReactNode } from "react";
import { Link } from "wouter";
import { useOrganisations } from "../api/organisations";
import type { components } from "../api/schema";
import { useRules } from "../decision/data";
import { Listing } from "../list/Listing";
import { Amount } from "../money/Amount";
import { sum } from "../money/money";
import { byName, inFull } from "../proposal/names";
import { Day } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { decided, toneOf } from "./data";

type Programme = components["schemas"]["Programme"];

/** The joint programmes that decisions made: whose, from when to when, with what, and where each is in its life. */
export function ProgrammeList({ to, caption, empty }: { to: string; caption: string; empty: ReactNode }) {
  const { t, language } = useWords();
  const rules = useRules().data;
  const states = byName(useOrganisations("state").data ?? [], language);
  return (
    <Listing<Programme>
      path="/programmes"
      caption={caption}
      id={(p) => p.id}
      first="code"
      among={{ state: decided.join() }}
      empty={empty}
      narrow={[
        { field: "state", label: t("life.state"), values: decided, called: (state) => t(`life.state.${state}`) },
        {
          field: "owner",
          label: t("life.owner"),
          values: states.map((o) => o.id),
          called: (id) => inFull(states.find((o) => o.id === id) ?? { name: id }, language),
        },
      ]}
      bounds={[
        { field: "starts_from", label: t("life.starts-from"), type: "date" },
        { field: "starts_until", label: t("life.starts-until"), type: "date" },
        { field: "ends_from", label: t("life.ends-from"), type: "date" },
        { field: "ends_until", label: t("life.ends-until"), type: "date" },
        { field: "least", label: t("life.least"), type: "text" },
        { field: "most", label: t("life.most"), type: "text" },
      ]}
      columns={[
        { key: "code", plain: true, head: t("life.code"), by: (p) => p.code, cell: (p) => <bdi dir="ltr">{p.code}</bdi> },
        {
          key: "title",
          head: t("life.programme"),
          heads: true,
          by: (p) => p.title,
          cell: (p) => (
            <Link href={`${to}/${p.id}`} dir="auto">
              {p.title}
            </Link>
          ),
        },
        { key: "owner", head: t("life.owner"), by: (p) => p.owner ?? "", cell: (p) => <bdi>{p.owner}</bdi> },
        {
          key: "state",
          plain: true,
          head: t("life.state"),
          by: (p) => p.state,
          cell: (p) => <Tag tone={toneOf(p.state)}>{t(`life.state.${p.state}`)}</Tag>,
        },
        {
          key: "start",
          head: t("life.start"),
          by: (p) => p.starts_on ?? "",
          cell: (p) => p.starts_on && <Day value={p.starts_on} short />,
        },
        { key: "end", head: t("life.end"), by: (p) => p.ends_on ?? "", cell: (p) => p.ends_on && <Day value={p.ends_on} short /> },
        {
          key: "amount",
          head: t("life.amount", { currency: rules?.currency ?? "" }),
          kind: "amount",
          by: (p) => total(p),
          cell: (p) => <Amount value={total(p)} />,
        },
      ]}
    />
  );
}

const total = (p: Programme) => sum(p.shares.map((s) => s.amount.amount));
