import { useQuery } from "@tanstack/react-query";
import { client } from "../api/client";
import { useWords } from "../words/i18n";
import styles from "./decision.module.css";

/** The way to count a decision again without the fund: its signed files and the key they are known by. */
export default function CountAgain({ number, complete }: { number: string; complete: boolean }) {
  const { t } = useWords();
  const key = useQuery({
    queryKey: ["decisions", "key"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await client.GET("/decisions/key", { parseAs: "text" })).data!.trim(),
  }).data;
  const file = `/api/v1/decisions/${number}/file`;
  return (
    <section className={`${styles.stack} ${styles.noprint}`} aria-labelledby="count-again">
      <h2 id="count-again">{t("ruling.count-again")}</h2>
      <p>{t("ruling.verify")}</p>
      <ul className={styles.stack}>
        {complete && (
          <li>
            <a href={file} download>
              {t("ruling.file-whole")}
            </a>
          </li>
        )}
        <li>
          <a href={`${file}?withhold=true`} download>
            {t("ruling.file-public")}
          </a>
        </li>
        <li>
          <a href="/api/v1/decisions/key">{t("ruling.key")}</a> (Ed25519)
          {key && (
            <p className={styles.quiet}>
              <bdi dir="ltr">{key}</bdi>
            </p>
          )}
        </li>
      </ul>
    </section>
  );
}
