import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField, fieldId } from "../api/problem";
import { useAct } from "../api/useAct";
import page from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Radios } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import { Differences, Stated } from "./Differences";
import styles from "./Rules.module.css";
import { type Draft, draftKey, partOf, type Schemas } from "./rules";

/** Another version was adopted since the draft was begun: what becomes of each place, and who chooses. */
export function Rebasing({ of: d, to }: { of: Draft; to: Schemas["RulesRebasing"] }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [chosen, choose, sent] = useTyped<Record<string, "keep" | "take">>(`rules/${d.id}/rebase/${to.to}`, {});
  const act = useAct(
    (key: string, body: Schemas["RebaseRequest"]) =>
      client.POST("/charter/drafts/{id}/rebasing", {
        params: { path: { id: d.id }, header: { "If-Match": `"${d.version}"`, "Idempotency-Key": key } },
        body,
      }),
    async () => {
      await sent();
      await queries.invalidateQueries({ queryKey: draftKey(d.id) });
    },
  );
  const wrong = faultsByField(act.problem);
  const picked = (what: "keep" | "take") => to.clashes.map((c) => c.path).filter((p) => chosen[p] === what);
  const newest = t("rules.version-n", { n: to.to });
  return (
    <section className={page.card} aria-labelledby="rebase">
      <h2 id="rebase">{t("rules.rebase", { to: to.to })}</h2>
      <p>{t("rules.rebase-lead", { base: d.base, to: to.to })}</p>
      <ErrorSummary problem={act.problem} />
      {to.moved.length > 0 && (
        <details className={styles.part}>
          <summary>{t("rules.rebase-moved", { count: to.moved.length })}</summary>
          <Differences of={to.moved} was={t("rules.version-n", { n: d.base })} is={newest} />
        </details>
      )}
      {[...to.settled.map((e) => ({ e, words: "rules.rebase-settled" })), ...to.lost.map((e) => ({ e, words: "rules.rebase-lost" }))].map(
        ({ e, words }) => (
          <p key={`${e.do} ${e.path}`}>
            {t(`rules.part.${partOf(e.path)}`)}: <Called name={d.called[e.path] ?? ""} path={e.path} />: {t(words)}
          </p>
        ),
      )}
      {to.clashes.map((c) => (
        <div key={c.path} className={`${styles.rule} ${wrong[fieldId(c.path)] ? styles.wrong : ""}`}>
          <h3>
            {t(`rules.part.${partOf(c.path)}`)}: <Called name={c.called} path={c.path} />
          </h3>
          <div className={styles.pair}>
            {(
              [
                [t("rules.version-n", { n: d.base }), c.was],
                [newest, c.now],
                [t("rules.drafted"), c.drafted],
              ] as const
            ).map(([side, stated]) => (
              <div key={side}>
                <p className={styles.side}>{side}</p>
                <Stated of={stated} kind={typeof stated?.value === "object" && !Array.isArray(stated?.value) ? "fraction" : "text"} />
              </div>
            ))}
          </div>
          <Radios
            id={fieldId(c.path)}
            label={t("rules.choose")}
            error={wrong[fieldId(c.path)]}
            value={chosen[c.path]}
            onChange={(what) => choose((now) => ({ ...now, [c.path]: what }))}
            options={[
              { value: "keep", label: t("rules.keep") },
              { value: "take", label: t("rules.take", { to: to.to }) },
            ]}
          />
        </div>
      ))}
      {d.may.includes("charter.rebase") && (
        <div className={page.acts}>
          <Button tone="main" busy={act.busy} onClick={() => void act.run({ keep: picked("keep"), take: picked("take") })}>
            {t("rules.rebase-do", { to: to.to })}
          </Button>
        </div>
      )}
    </section>
  );
}
