import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import type { Problem } from "../api/problem";
import { Amount } from "../money/Amount";
import { stageTones } from "../proposal/stages";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { Moment } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { kept, type Line, useCounts } from "./data";
import { Finder, type Named } from "./Finder";
import type { Chosen } from "./Many";
import { useAsked, usePages } from "./pages";
import { Download, More, orderOf, SavedSearches } from "./parts";
import styles from "./Register.module.css";

const Many = lazy(() => import("./Many"));

/** The columns by the server's names: what is on the screen is what is downloaded. */
const shownColumns = ["ref", "title", "organisation", "state", "call", "amount", "currency", "stage", "submitted", "late"];

/** The proposals within reach: found, narrowed, ordered, downloaded; for the secretariat, dealt with many at a time. */
export default function RegisterPage() {
  const { t } = useWords();
  const { data: session } = useSession();
  const [here] = useLocation();
  const { asked, set, open, query } = useAsked(kept);
  const list = usePages<Line>("/proposals", asked);
  const counts = useCounts(asked);
  const named = useRuleNames();
  const { short } = useNames();
  const [chosen, setChosen] = useState<Chosen>(new Map());
  const [refused, setRefused] = useState<Map<string, Problem>>(new Map());
  const office = here.startsWith("/office");
  const role = session?.hat?.role;
  const whose = office ? "office" : role === "applicant" || role === "focal-point" ? role : "other";
  const many = role === "secretariat";
  const narrowed = query !== "";

  const { rows } = list;
  const shownAs = (id: string) => rows.find((p) => p.id === id)?.submissions ?? 0;
  const path = (p: Line) => (!office ? `/proposals/${p.id}` : p.stage === "submitted" ? `/screening/${p.id}` : `/dossiers/${p.id}`);
  return (
    <>
      <PageHead title={t(`register.page.${whose}`)} lead={office ? undefined : t(`register.lead.${whose}`)} />
      <div className={styles.stack}>
        <Finder asked={asked} set={set} clear={() => open("")} counts={counts.data} named={named} />
        <div className={styles.bar}>
          <p role="status" className={styles.total}>
            {counts.data && t("register.count", { count: counts.data.total })}
          </p>
          <Suspense fallback={null}>
            <SavedSearches path="/proposals" query={query} open={open} />
          </Suspense>
          <Download list="/proposals" asked={asked} columns={shownColumns} />
        </div>
        {many && chosen.size > 0 && (
          <Suspense fallback={null}>
            <Many
              chosen={chosen}
              done={(left) => {
                setRefused(left);
                setChosen(new Map([...chosen].filter(([id]) => left.has(id))));
              }}
            />
          </Suspense>
        )}
        {list.error ? (
          <Trouble error={list.error} again={() => void list.refetch()} />
        ) : list.isPending ? (
          <Waiting />
        ) : rows.length === 0 && !narrowed ? (
          <div className={styles.empty}>
            <h2>{t("register.empty")}</h2>
            {whose !== "office" && <p>{t(`register.empty.${whose}`)}</p>}
            {whose === "applicant" && (
              <p>
                <Link href="/calls">{t("register.to-calls")}</Link>
              </p>
            )}
          </div>
        ) : (
          <DataTable
            caption={t(`register.page.${whose}`)}
            captionUnseen
            rows={rows}
            id={(p) => p.id}
            empty={t("rows.none")}
            order={orderOf(asked.sort, (sort) => set({ sort }))}
            {...(many && {
              choice: {
                chosen: new Set(chosen.keys()),
                choose: (to: ReadonlySet<string>) => setChosen(new Map([...to].map((id) => [id, chosen.get(id) ?? shownAs(id)]))),
                name: (p: Line) => t("register.choose", { ref: p.ref }),
                all: t("register.choose-all"),
              },
            })}
            tone={(p) => (refused.has(p.id) ? "warn" : undefined)}
            columns={[
              { key: "ref", plain: true, head: t("register.ref"), by: (p) => p.ref, cell: (p) => <Reference>{p.ref}</Reference> },
              {
                key: "title",
                head: t("register.title"),
                heads: true,
                by: (p) => p.title,
                cell: (p) => <Title line={p} path={path(p)} refused={refused.get(p.id)} />,
              },
              {
                key: "organisation",
                plain: true,
                head: t("register.organisation"),
                by: (p) => p.organisation.name,
                cell: (p) => <bdi title={p.organisation.name}>{short(p.organisation.code)}</bdi>,
              },
              {
                key: "state",
                plain: true,
                head: t("register.state"),
                by: (p) => p.state?.name ?? "",
                cell: (p) => p.owners.map((o, i) => <bdi key={o.id}>{`${i > 0 ? ", " : ""}${o.name}`}</bdi>),
              },
              {
                key: "call",
                plain: true,
                head: t("register.call"),
                by: (p) => p.call_ref,
                cell: (p) => <Reference>{p.call_ref}</Reference>,
              },
              {
                key: "amount",
                head: rows[0] ? `${t("register.amount")} (${rows[0].amount.currency})` : t("register.amount"),
                kind: "amount",
                by: (p) => p.amount.amount,
                cell: (p) => <Amount value={p.amount.amount} />,
              },
              {
                key: "stage",
                plain: true,
                head: t("register.stage"),
                by: (p) => p.stage,
                cell: (p) => (
                  <>
                    <Tag tone={stageTones[p.stage]}>{t(`register.stage.${p.stage}`)}</Tag>
                    {p.late && (
                      <>
                        {" "}
                        <Tag tone="warn">{t("register.late.true")}</Tag>
                      </>
                    )}
                  </>
                ),
              },
              {
                key: "submitted",
                head: t("register.submitted"),
                by: (p) => p.submitted_at ?? "",
                cell: (p) => p.submitted_at && <Moment value={p.submitted_at} zone={fund.zone} />,
              },
            ]}
          />
        )}
        <More list={list} />
      </div>
    </>
  );
}

/** A reference is one word, hyphens or not. */
const Reference = ({ children }: { children: string }) => (
  <bdi dir="ltr" className={styles.reference}>
    {children}
  </bdi>
);

/** Thematic areas and steps of markers by their keys, in the page's language. */
function useRuleNames(): Named {
  const { language } = useWords();
  const { data } = useQuery({
    queryKey: ["charter", 0],
    queryFn: async () => (await client.GET("/charter", { params: { query: {} } })).data!.rules,
    staleTime: 600_000,
  });
  const said = (names: Record<string, string> | undefined, key: string) => names?.[language] ?? names?.en ?? key;
  return (field, value) => {
    if (field === "area") return said(data?.proposals.areas.find((a) => a.key === value)?.name, value);
    const [key = "", code = ""] = value.split(".");
    const marker = data?.proposals.markers.find((m) => m.key === key);
    return `${said(marker?.name, key)}: ${said(marker?.steps.find((s) => s.code === code)?.name, code)}`;
  };
}

/** What a proposal is called, where it says what was looked for, and what an act on it was refused for. */
function Title({ line: p, path, refused }: { line: Line; path: string; refused: Problem | undefined }) {
  const { t } = useWords();
  return (
    <>
      <Link href={path} className={styles.name}>
        {p.title ? (
          <bdi lang={p.language} dir="auto">
            {p.title}
          </bdi>
        ) : (
          t("register.untitled", { ref: p.ref })
        )}
      </Link>
      {p.excerpt && (
        <p className={styles.excerpt} lang={p.language} dir="auto">
          {p.excerpt.map((piece, i) => (piece.found ? <mark key={i}>{piece.text}</mark> : piece.text))}
        </p>
      )}
      {refused && (
        <p className={styles.refused}>
          <b>{refused.title}</b> {refused.detail}
        </p>
      )}
    </>
  );
}
