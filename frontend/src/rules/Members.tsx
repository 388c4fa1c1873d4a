import { useState } from "react";
import page from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { Called } from "./Called";
import type { Edit } from "./rules";

/** Who stands in a list: members go, and others come, each with a key that records keep for ever. */
export function Members({
  lists,
  called,
  rules,
  edits,
  change,
}: {
  lists: string[];
  /** Names of lists and members, by their paths. */
  called: Record<string, string>;
  rules: string[];
  edits: Edit[];
  change: (make: (edits: Edit[]) => Edit[]) => void;
}) {
  const { t } = useWords();
  const [key, setKey] = useState<Record<string, string>>({});
  return (
    <>
      {lists.map((list) => {
        const depth = list.split("/").length;
        const there = [
          ...new Set(
            rules
              .filter((p) => p.startsWith(`${list}/`))
              .map((p) =>
                p
                  .split("/")
                  .slice(0, depth + 1)
                  .join("/"),
              ),
          ),
        ];
        const out = edits.filter((e) => e.do === "remove" && e.path.split("/").slice(0, -1).join("/") === list).map((e) => e.path);
        return (
          <details key={list}>
            <summary>
              {t("rules.members")} <Called name={called[list] ?? ""} path={list} />
            </summary>
            <ul className={page.list}>
              {[...new Set([...there, ...out])].map((path) => {
                const removed = out.includes(path);
                const added = edits.some((e) => e.do === "add" && e.path === path);
                const key = path.slice(list.length + 1);
                const name = called[path] || key;
                const within = (e: Edit) => e.path === path || e.path.startsWith(`${path}/`);
                return (
                  <li key={path}>
                    {removed ? <del>{name}</del> : <Called name={name} path={key} />}{" "}
                    <Button
                      onClick={() =>
                        change((now) =>
                          removed || added ? now.filter((e) => !within(e)) : [...now.filter((e) => !within(e)), { path, do: "remove" }],
                        )
                      }
                    >
                      {t(removed ? "rules.put-back" : "rules.take-out", { name })}
                    </Button>
                  </li>
                );
              })}
            </ul>
            <Field
              id={`add-${list.slice(1).replaceAll("/", "-")}`}
              label={t("rules.new-key")}
              hint={t("rules.new-key-hint")}
              value={key[list] ?? ""}
              onChange={(e) => setKey({ ...key, [list]: e.target.value })}
            />
            <div className={page.acts}>
              <Button
                onClick={() => {
                  const name = (key[list] ?? "").trim();
                  if (name) change((now) => [...now, { path: `${list}/${name}`, do: "add" }]);
                  setKey({ ...key, [list]: "" });
                }}
              >
                {t("rules.add")}
              </Button>
            </div>
          </details>
        );
      })}
    </>
  );
}
