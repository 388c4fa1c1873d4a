import { useQuery } from "@tanstack/react-query";
import { useLocation, useSearch } from "wouter";
import { client } from "../api/client";
import { named, useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type Stage, stages, useProposals } from "./lists";
import { ProposalsTable } from "./ProposalsTable";

/** All proposals within reach, by stage, call and area; the choice stands in the address. */
export default function ProposalsPage() {
  const { t, language } = useWords();
  const [here, go] = useLocation();
  const chosen = new URLSearchParams(useSearch());
  const rules = useRules().data;
  const calls = useQuery({ queryKey: ["calls"], queryFn: async () => (await client.GET("/calls")).data! });
  const list = useProposals({
    stage: stages.filter((s) => s === chosen.get("stage")) as Stage[],
    call: chosen.getAll("call"),
    area: chosen.getAll("area"),
  });
  const choose = (name: string, value: string) => {
    const next = new URLSearchParams(chosen);
    if (value) next.set(name, value);
    else next.delete(name);
    const text = next.toString();
    go(text ? `${here}?${text}` : here, { replace: true });
  };
  const rows = list.data?.rows ?? [];
  return (
    <>
      <PageHead title={t("cases.title")} />
      <div className={styles.stack}>
        <div className={styles.filters}>
          <Choice id="stage" label={t("cases.stage")} value={chosen.get("stage") ?? ""} onChange={(e) => choose("stage", e.target.value)}>
            <option value="">{t("cases.all")}</option>
            {stages
              .filter((s) => s !== "draft")
              .map((s) => (
                <option key={s} value={s}>
                  {t(`cases.stage.${s}`)}
                </option>
              ))}
          </Choice>
          <Choice id="call" label={t("cases.call")} value={chosen.get("call") ?? ""} onChange={(e) => choose("call", e.target.value)}>
            <option value="">{t("cases.all")}</option>
            {calls.data?.map((c) => (
              <option key={c.id} value={c.id}>
                {`${c.ref} · ${c.title}`}
              </option>
            ))}
          </Choice>
          <Choice id="area" label={t("reading.area")} value={chosen.get("area") ?? ""} onChange={(e) => choose("area", e.target.value)}>
            <option value="">{t("cases.all")}</option>
            {rules?.proposals.areas.map((a) => (
              <option key={a.key} value={a.key}>
                {named(a.name, language, a.key)}
              </option>
            ))}
          </Choice>
        </div>
        {list.error ? (
          <Trouble error={list.error} again={() => void list.refetch()} />
        ) : list.isPending ? (
          <Waiting />
        ) : (
          <ProposalsTable
            caption={t("cases.title")}
            rows={rows}
            empty={t("cases.empty")}
            currency={rules?.currency ?? ""}
            path={(p) => (p.stage === "submitted" ? `/screening/${p.id}` : `/dossiers/${p.id}`)}
            more={list.more}
          />
        )}
      </div>
    </>
  );
}
