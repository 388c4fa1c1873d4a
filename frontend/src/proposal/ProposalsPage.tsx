import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearchParams } from "wouter";
import { client } from "../api/client";
import type { components } from "../api/schema";
import { Amount } from "../money/Amount";
import { nextOf } from "../secretariat/lists";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { useSession } from "../shell/session";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import type { Stage } from "./proposal";
import { stageTones } from "./stages";

type Line = components["schemas"]["ProposalLine"];

const stages: Stage[] = ["draft", "returned", "submitted", "eligible", "ineligible", "approved", "declined", "withdrawn"];
const isStage = (text: string | null): text is Stage => stages.some((s) => s === text);
const page = 50;

/** The proposals within my reach: the organisation's own, those of the state, or all that were handed in. */
export default function ProposalsPage() {
  const { t } = useWords();
  const { data: session } = useSession();
  const [, go] = useLocation();
  const [search] = useSearchParams();
  const asked = search.get("stage");
  const stage = isStage(asked) ? asked : undefined;
  const list = useInfiniteQuery({
    queryKey: ["proposals", stage],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { ...(stage && { stage: [stage] }), ...(pageParam && { after: pageParam }), limit: page };
      const { data, response } = await client.GET("/proposals", { params: { query } });
      return { rows: data as Line[], next: nextOf(response.headers.get("Link")) };
    },
    getNextPageParam: (last) => last.next,
  });
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  const rows = (list.data?.pages ?? []).flatMap((p) => p.rows);
  const role = session?.hat?.role;
  const whose = role === "applicant" || role === "focal-point" ? role : "other";
  return (
    <>
      <PageHead title={t(`proposals.title.${whose}`)} lead={t(`proposals.lead.${whose}`)} />
      <div className={styles.filter}>
        <Choice
          id="stage"
          label={t("proposals.filter")}
          value={stage ?? ""}
          onChange={(e) => go(e.target.value ? `/proposals?stage=${e.target.value}` : "/proposals")}
        >
          <option value="">{t("proposals.every-stage")}</option>
          {stages.map((s) => (
            <option key={s} value={s}>
              {t(`stage.${s}`)}
            </option>
          ))}
        </Choice>
      </div>
      {list.isPending ? (
        <Waiting />
      ) : rows.length === 0 ? (
        <div className={styles.empty}>
          <h2>{stage ? t("proposals.none-at-stage") : t("proposals.empty")}</h2>
          {stage ? (
            <p>
              <Link href="/proposals">{t("proposals.show-all")}</Link>
            </p>
          ) : (
            <>
              <p>{t(`proposals.empty-lead.${whose}`)}</p>
              {whose === "applicant" && (
                <p>
                  <Link href="/calls">{t("proposals.to-calls")}</Link>
                </p>
              )}
            </>
          )}
        </div>
      ) : (
        <ul className={styles.list}>
          {rows.map((p) => (
            <li key={p.id} className={styles.row}>
              <div className={styles.what}>
                <Link href={`/proposals/${p.id}`} className={styles.link}>
                  {p.title ? <bdi dir="auto">{p.title}</bdi> : t("proposal.untitled", { ref: p.ref })}
                </Link>
                <p className={styles.quiet}>
                  <bdi>{p.ref}</bdi> · <bdi>{p.call_ref}</bdi>
                  {p.state && (
                    <>
                      {" · "}
                      <bdi>{p.state.name}</bdi>
                    </>
                  )}
                  {whose !== "applicant" && (
                    <>
                      {" · "}
                      <bdi>{p.organisation.code}</bdi>
                    </>
                  )}
                </p>
              </div>
              <div className={styles.side}>
                <Tag tone={stageTones[p.stage]}>{t(`stage.${p.stage}`)}</Tag>
                <p>
                  <Amount value={p.amount.amount} currency={p.amount.currency} />
                  {p.submitted_at && (
                    <>
                      <br />
                      <span className={styles.quiet}>
                        <DateTime value={p.submitted_at} zone={fund.zone} />
                      </span>
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("proposals.more")}
        </Button>
      )}
    </>
  );
}
