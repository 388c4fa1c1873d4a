import { useNames } from "../api/organisations";
import { useRead } from "../api/read";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { lastOf, type RecordSendings, type Sending, usePost } from "./data";

/** To whom something went out, and when; nothing, where it did not. */
export function Sent({ list }: { list: Sending[] }) {
  const { t } = useWords();
  const { name } = useNames();
  return list.map((s) => (
    <details key={s.at} className={styles.more}>
      <summary>
        {t("minutes.sent-to", { count: s.recipients.length })} <Moment value={s.at} zone={fund.zone} hour />{" "}
        {s.late && <Tag tone="bad">{t("minutes.late")}</Tag>}
      </summary>
      <ul className={styles.rows}>
        {s.recipients.map((r) => (
          <li key={`${r.organisation} ${r.name}`}>
            <bdi>{r.name}</bdi>, <bdi>{name(r.organisation)}</bdi>
          </li>
        ))}
      </ul>
    </details>
  ));
}

/** When the record of a decision is to go out, when it did, and sending it. */
export default function RecordSent({ number }: { number: string }) {
  const { t } = useWords();
  const file = useRead<RecordSendings>(`/decisions/${number}/sendings`).data;
  const send = usePost(`/decisions/${number}/sendings`, "minutes.record-sent");
  if (!file) return null;
  const may = file.may.includes("record.send");
  return (
    <section className={styles.stack} aria-labelledby="sent">
      <h2 id="sent">{t("minutes.record")}</h2>
      {file.sent.length === 0 && (
        <p>
          {t("minutes.record-by")} <Moment value={lastOf(file.due)} zone={fund.zone} hour />{" "}
          {file.late && <Tag tone="bad">{t("minutes.late")}</Tag>}
        </p>
      )}
      <Sent list={file.sent} />
      <ErrorSummary problem={send.problem} />
      {may && (
        <div className={styles.acts}>
          <Button tone={file.sent.length > 0 ? "plain" : "main"} busy={send.busy} onClick={() => void send.run()}>
            {t(file.sent.length > 0 ? "minutes.send-again" : "minutes.record-send")}
          </Button>
        </div>
      )}
    </section>
  );
}
