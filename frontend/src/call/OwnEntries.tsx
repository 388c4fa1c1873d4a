import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import styles from "../decision/decision.module.css";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";

/** What one's own organisation, or state, has in the call. */
export function OwnEntries({ call }: { call: string }) {
  const { t } = useWords();
  const list = useQuery({
    queryKey: ["proposals", { call }],
    queryFn: async () => (await client.GET("/proposals", { params: { query: { call: [call], limit: 200 } } })).data!,
  });
  if (!list.data?.length) return null;
  return (
    <section className={styles.card}>
      <h2>{t("apply.own")}</h2>
      {list.data.map((p) => (
        <div key={p.id} className={styles.row}>
          <span>
            <Link href={`/proposals/${p.id}`}>
              <bdi dir="auto">{p.title || p.ref}</bdi>
            </Link>
          </span>
          <Tag tone={p.stage === "draft" ? "plain" : "link"}>{t(`stage.${p.stage}`)}</Tag>
        </div>
      ))}
    </section>
  );
}
