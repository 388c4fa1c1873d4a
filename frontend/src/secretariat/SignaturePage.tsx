import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { client, versionOf } from "../api/client";
import { useNames } from "../api/organisations";
import { useAct } from "../api/useAct";
import { Held } from "../condition/Held";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** A transfer request before the Chair: the decision, the programme, the sum, what a release still lacks; nothing but the server's figures. */
export default function SignaturePage({ params }: { params: { id: string } }) {
  const { t } = useWords();
  const { short } = useNames();
  const queries = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<"sign" | "withdraw" | null>(null);
  const transfer = useQuery({
    queryKey: ["transfers", "one", params.id],
    queryFn: async () => (await client.GET("/transfer-requests/{id}", { params: { path: { id: params.id } } })).data!,
  });
  const done = (words: string) => async () => {
    setAsking(null);
    toast(words);
    await Promise.all([["transfers"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
  };
  const header = (key: string) => ({
    params: { path: { id: params.id }, header: { "Idempotency-Key": key, "If-Match": versionOf(`/transfer-requests/${params.id}`) ?? "" } },
  });
  const sign = useAct(async (key: string) => client.POST("/transfer-requests/{id}/signature", header(key)), done(t("sign.signed")));
  const withdraw = useAct(async (key: string) => client.POST("/transfer-requests/{id}/withdrawal", header(key)), done(t("sign.withdrawn")));
  const r = transfer.data;
  if (transfer.error) return <Trouble error={transfer.error} again={() => void transfer.refetch()} />;
  if (!r) return <Waiting />;
  const sum = <Amount value={r.amount.amount} currency={r.amount.currency} strong />;
  const act = asking === "withdraw" ? withdraw : sign;
  return (
    <>
      <PageHead
        title={t("sign.title", { ref: r.ref })}
        crumbs={<Link href="/signatures">{t("signatures.title")}</Link>}
        actions={<Tag tone={r.stage === "requested" ? "warn" : "plain"}>{t(`request.stage.${r.stage}`)}</Tag>}
      />
      <div className={styles.stack}>
        <p className={styles.sentence}>
          {t("sign.before")} {sum} {t("sign.after", { organisation: short(r.organisation.code), programme: r.programme.code })}
        </p>
        <dl className={`${styles.facts} ${styles.card}`}>
          <dt>{t("programmes.decision")}</dt>
          <dd>
            <Link href={`/decisions/${r.decision.number}`}>{r.decision.number}</Link>
          </dd>
          <dt>{t("sign.programme")}</dt>
          <dd>
            <bdi>{r.programme.code}</bdi>
          </dd>
          <dt>{t("ruling.organisation")}</dt>
          <dd>
            <bdi>{short(r.organisation.code)}</bdi>
          </dd>
          <dt>{t("request.purpose")}</dt>
          <dd dir="auto">{r.purpose}</dd>
          <dt>{t("signatures.requested")}</dt>
          <dd>
            <DateTime value={r.requested.at} zone={fund.zone} />
          </dd>
          {r.signed && (
            <>
              <dt>{t("sign.signed-at")}</dt>
              <dd>
                <DateTime value={r.signed.at} zone={fund.zone} />
              </dd>
            </>
          )}
        </dl>
        {r.missing.length > 0 && (
          <section className={styles.tight}>
            <h2>{t("sign.missing")}</h2>
            <ul className={`${styles.rows} ${styles.card}`}>
              {r.missing.map((code) => (
                <li key={code} className={styles.row}>
                  {t(`missing-for-release.${lacks.find((l) => l === code) ?? "other"}`)}
                </li>
              ))}
            </ul>
            <Held by={r.held} />
          </section>
        )}
        <ErrorSummary problem={asking ? null : (sign.problem ?? withdraw.problem)} />
        <div className={styles.acts}>
          {r.may.includes("transfer.sign") && (
            <Button tone="main" onClick={() => setAsking("sign")}>
              {t("sign.do")}
            </Button>
          )}
          {r.may.includes("transfer.withdraw") && (
            <Button tone="danger" onClick={() => setAsking("withdraw")}>
              {t("sign.withdraw")}
            </Button>
          )}
        </div>
        {asking && (
          <Dialog
            title={t(asking === "sign" ? "sign.do" : "sign.withdraw")}
            onClose={() => setAsking(null)}
            actions={
              <>
                <Button onClick={() => setAsking(null)}>{t("dialog.cancel")}</Button>
                <Button tone={asking === "sign" ? "main" : "danger"} busy={act.busy} onClick={() => void act.run()}>
                  {t(asking === "sign" ? "sign.do" : "sign.withdraw")}
                </Button>
              </>
            }
          >
            <ErrorSummary problem={act.problem} />
            <p className={styles.sentence}>{sum}</p>
            <p>
              {t(asking === "sign" ? "sign.confirm" : "sign.withdraw-lead", {
                organisation: short(r.organisation.code),
                number: r.decision.number,
              })}
            </p>
          </Dialog>
        )}
      </div>
    </>
  );
}

/** What a release can lack, as the server names it (domain/transfer.go). */
const lacks = ["no-decision", "not-signed", "not-prepared", "no-mou", "insufficient-funds", "condition-open"] as const;
