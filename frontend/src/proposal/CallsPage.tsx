import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { callTones } from "../call/call";
import { Amount } from "../money/Amount";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Left } from "../time/DateTime";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Proposal.module.css";
import type { Call } from "./proposal";

/** The calls, those that are open first, the nearest end first among them. */
export default function CallsPage() {
  const { t } = useWords();
  const calls = useQuery({
    queryKey: ["calls"],
    queryFn: async () => (await client.GET("/calls", { params: { query: { limit: 200 } } })).data as Call[],
  });
  if (calls.error) return <Trouble error={calls.error} again={() => void calls.refetch()} />;
  const order = { open: 0, planned: 1, closed: 2, draft: 3 };
  const ends = (c: Call) => c.closes_at ?? "";
  const list = [...(calls.data ?? [])].sort(
    (a, b) => order[a.state] - order[b.state] || ends(a.state === "closed" ? b : a).localeCompare(ends(a.state === "closed" ? a : b)),
  );
  return (
    <>
      <PageHead title={t("calls.title")} lead={t("calls.lead")} />
      {calls.isPending ? (
        <Waiting />
      ) : list.length === 0 ? (
        <div className={styles.empty}>
          <h2>{t("calls.empty")}</h2>
          <p>{t("calls.empty-lead")}</p>
        </div>
      ) : (
        <ul className={styles.list}>
          {list.map((call) => (
            <li key={call.id} className={styles.row}>
              <div className={styles.what}>
                <Link href={`/calls/${call.id}`} className={styles.link}>
                  <bdi lang={call.language} dir="auto">
                    {call.title}
                  </bdi>
                </Link>
                <p className={styles.quiet}>
                  <bdi>{call.ref}</bdi>
                  {call.ceiling && (
                    <>
                      {" · "}
                      {t("call.up-to")} <Amount value={call.ceiling.amount} currency={call.ceiling.currency} />
                    </>
                  )}
                </p>
              </div>
              <div className={styles.side}>
                <Tag tone={callTones[call.state]}>{t(`call.state.${call.state}`)}</Tag>
                <p className={styles.quiet}>
                  {call.state === "planned" ? t("call.opens") : t("call.closes")}{" "}
                  <DateTime value={(call.state === "planned" ? call.opens_at : call.closes_at)!} zone={fund.zone} />
                  {call.state === "open" && (
                    <>
                      <br />
                      <Left until={call.closes_at!} />
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
