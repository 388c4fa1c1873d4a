import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { useNames } from "../api/organisations";
import { useRead } from "../api/read";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

type Cover = components["schemas"]["AwaitedCover"];

/** What the body granted on signed instalments and waits for them, the oldest decision first; nothing where nothing waits. */
export default function AwaitedCover() {
  const { t, language } = useWords();
  const { short } = useNames();
  const toast = useToast();
  const queries = useQueryClient();
  const rules = useRules().data;
  const cover = useRead<Cover>("/awaited-cover").data;
  const act = useAct(
    async (key: string) => (await client.POST("/awaited-cover/allocation", { params: { header: { "Idempotency-Key": key } } })).data,
    async () => {
      toast(t("cover.allocated"));
      await queries.invalidateQueries();
    },
  );
  if (!cover || !rules || cover.waiting.length === 0) return null;
  const earmark = (key: string) =>
    key === "unearmarked" ? t("cover.unearmarked") : named(rules.proposals.areas.find((a) => a.key === key)?.name, language, key);
  return (
    <section className={styles.tight} aria-labelledby="awaited-cover">
      <h2 id="awaited-cover">{t("cover.title")}</h2>
      <p className={styles.quiet}>{t("cover.lead")}</p>
      <ErrorSummary problem={act.problem} />
      <DataTable
        caption={t("cover.caption", { currency: rules.currency })}
        rows={cover.waiting}
        id={(w) => `${w.decision}/${w.organisation}/${w.earmark}`}
        columns={[
          {
            key: "programme",
            head: t("cover.programme"),
            heads: true,
            cell: (w) => (
              <Link href={`/programmes/${w.programme.id}`}>
                <bdi dir="ltr">{w.programme.code}</bdi>
              </Link>
            ),
          },
          {
            key: "decision",
            head: t("cover.decision"),
            cell: (w) => (
              <Link href={`/decisions/${w.decision}`}>
                <bdi dir="ltr">{w.decision}</bdi>
              </Link>
            ),
          },
          { key: "organisation", head: t("cover.organisation"), cell: (w) => <bdi>{short(w.organisation)}</bdi> },
          { key: "earmark", head: t("cover.earmark"), cell: (w) => earmark(w.earmark) },
          { key: "since", head: t("cover.since"), cell: (w) => <DateTime value={w.since} zone={fund.zone} /> },
          { key: "remaining", head: t("cover.remaining"), kind: "amount", cell: (w) => <Amount value={w.remaining.amount} strong /> },
          { key: "ready", head: t("cover.ready"), kind: "amount", cell: (w) => <Amount value={w.ready.amount} /> },
        ]}
      />
      {cover.may.includes("cover.allocate") && (
        <p className={styles.acts}>
          <Button tone="main" busy={act.busy} onClick={() => void act.run()}>
            {t("cover.allocate")}
          </Button>
        </p>
      )}
    </section>
  );
}
