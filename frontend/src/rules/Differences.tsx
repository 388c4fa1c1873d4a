import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import styles from "./Rules.module.css";
import { partOf, type Schemas } from "./rules";

/** What a rule says, with how well it is founded; of a name every language that it has. */
export function Stated({ of, kind }: { of: Schemas["StatedRule"] | null; kind: string }) {
  const { t } = useWords();
  if (!of) return <p>{t("rules.no-such")}</p>;
  return (
    <div className={styles.stated}>
      {kind === "names" ? (
        <dl className={styles.names}>
          {Object.entries(of.value as Record<string, string>).map(([lang, name]) => (
            <div key={lang}>
              <dt>{lang}</dt>
              <dd lang={lang} dir="auto">
                {name}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className={styles.value}>
          <bdi lang={kind === "texts" ? "en" : undefined}>{of.text || t("rules.nothing")}</bdi>
        </p>
      )}
      <p className={styles.reason}>
        <Tag>{of.source === "known" || of.source === "assumed" ? t(`rules.${of.source}`) : of.source || t("rules.nothing")}</Tag>{" "}
        <bdi lang="en">{of.reason}</bdi>
      </p>
    </div>
  );
}

/** Two versions, rule by rule: what stood there, and what stands there instead. */
export function Differences({ of, was, is }: { of: Schemas["RuleDifference"][]; was: string; is: string }) {
  const { t } = useWords();
  if (of.length === 0) return <p>{t("rules.same")}</p>;
  return (
    <ul className={styles.list}>
      {of.map((d) => (
        <li key={d.path} className={styles.rule}>
          <h3>
            {t(`rules.part.${partOf(d.path)}`)}: <Called name={d.called} path={d.path} />
          </h3>
          <div className={styles.pair}>
            <div>
              <p className={styles.side}>{was}</p>
              <Stated of={d.was} kind={d.kind} />
            </div>
            <div>
              <p className={styles.side}>{is}</p>
              <Stated of={d.is} kind={d.kind} />
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}
