import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";
import type { Saved } from "./data";
import type { Lists } from "./pages";
import styles from "./Register.module.css";

await bringArea("list"); // where its words are, whatever list it stands over

/** The searches of a list that a person keeps: opened, removed, and the one that is on the screen kept under a name. */
export default function SavedSearches({ path, query, open }: { path: Lists; query: string; open: (query: string) => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const list = path.slice(1) as Saved["list"];
  const { data } = useQuery({ queryKey: ["searches"], queryFn: async () => (await client.GET("/searches")).data as Saved[] });
  const saved = (data ?? []).filter((x) => x.list === list);

  // The list opens with the search that its person said it opens with, once: who clears it, sees all.
  const opened = useRef(query !== "");
  useEffect(() => {
    const first = data?.find((x) => x.list === list && x.opens);
    if (first && !opened.current) open(first.query);
    if (data) opened.current = true;
  }, [data, list, open]);
  const toast = useToast();
  const [name, setName] = useState("");
  const [opens, setOpens] = useState(false);
  const again = () => queries.invalidateQueries({ queryKey: ["searches"] });
  const keep = useAct(
    async (key: string, body: { name: string; query: string; opens: boolean }) =>
      client.POST("/searches", { body: { list, ...body }, params: { header: { "Idempotency-Key": key } } }),
    () => {
      setName("");
      setOpens(false);
      toast(t("register.kept"));
      return again();
    },
  );
  const drop = useAct(
    async (key: string, id: string) => client.DELETE("/searches/{id}", { params: { path: { id }, header: { "Idempotency-Key": key } } }),
    again,
  );
  if (saved.length === 0 && query === "") return null;
  const wrong = faultsByField(keep.problem);
  return (
    <details className={styles.saved}>
      <summary>{t("register.saved")}</summary>
      <div className={styles.panel}>
        {saved.length > 0 && (
          <ul className={styles.searches}>
            {saved.map((x) => (
              <li key={x.id}>
                <Button tone="quiet" onClick={() => open(x.query)}>
                  <bdi>{x.name}</bdi>
                </Button>
                {x.opens && <span className={styles.quiet}>{t("register.opens-with")}</span>}
                <Button tone="quiet" aria-label={t("register.drop", { name: x.name })} onClick={() => void drop.run(x.id)}>
                  <span aria-hidden="true">✕</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        {query !== "" && (
          <form
            noValidate
            className={styles.keep}
            onSubmit={(e: FormEvent) => {
              e.preventDefault();
              void keep.run({ name, query, opens });
            }}
          >
            <ErrorSummary problem={keep.problem} />
            <Field id="name" label={t("register.name")} value={name} error={wrong.name} onChange={(e) => setName(e.target.value)} />
            <label className={styles.value}>
              <input type="checkbox" checked={opens} onChange={(e) => setOpens(e.target.checked)} />
              {t("register.opens")}
            </label>
            <Button type="submit" busy={keep.busy}>
              {t("register.save")}
            </Button>
          </form>
        )}
      </div>
    </details>
  );
}
