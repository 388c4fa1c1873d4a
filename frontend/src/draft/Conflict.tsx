import { type ReactNode, useState } from "react";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { Diff } from "../ui/Diff/Diff";
import { useWords } from "../words/i18n";
import styles from "./Draft.module.css";

export type ConflictField<T> = { key: keyof T & string; label: string; show?: (value: T) => ReactNode; text?: (value: T) => string };

export type ConflictProps<T> = {
  mine: T;
  theirs: T;
  fields: ConflictField<T>[];
  onSettle: (chosen: T) => void;
};

/**
 * Somebody else saved first: both versions side by side, field by field. Nothing is chosen beforehand, and
 * nothing is lost until she chooses.
 */
export function Conflict<T extends object>({ mine, theirs, fields, onSettle }: ConflictProps<T>) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<Partial<Record<string, "mine" | "theirs">>>({});
  const other = (key: keyof T) => JSON.stringify(mine[key]) !== JSON.stringify(theirs[key]);
  // What differs and has no field of its own goes along as one, so that it is not lost unseen.
  const rest = (Object.keys(mine) as (keyof T & string)[]).filter((key) => other(key) && !fields.some((f) => f.key === key));
  const listed: ConflictField<T>[] =
    rest.length > 0
      ? [...fields, { key: rest[0]!, label: t("conflict.rest"), text: (v) => JSON.stringify(rest.map((k) => v[k])) }]
      : fields;
  const differ = listed.filter((f) => other(f.key));
  const open = differ.filter((f) => !chosen[f.key]).length;
  const settle = () => {
    const out = { ...theirs };
    for (const f of differ) if (chosen[f.key] === "mine") for (const key of f.key === rest[0] ? rest : [f.key]) out[key] = mine[key];
    onSettle(out);
  };
  return (
    <Dialog
      title={t("conflict.title")}
      actions={
        <>
          <span className={styles.open}>{open > 0 ? t("conflict.open", { count: open }) : ""}</span>
          <Button tone="main" disabled={open > 0} onClick={settle}>
            {t("conflict.keep")}
          </Button>
        </>
      }
    >
      <p>{t("conflict.lead")}</p>
      {differ.map((f) => (
        <fieldset key={f.key} className={styles.field}>
          <legend className={styles.legend}>{f.label}</legend>
          {(["mine", "theirs"] as const).map((which) => {
            const whole = which === "mine" ? mine : theirs;
            return (
              <label key={which} className={`${styles.version} ${chosen[f.key] === which ? styles.chosen : ""}`}>
                <input
                  type="radio"
                  name={`conflict-${f.key}`}
                  checked={chosen[f.key] === which}
                  onChange={() => setChosen((c) => ({ ...c, [f.key]: which }))}
                />
                <span>
                  <b>{which === "mine" ? t("conflict.mine") : t("conflict.theirs")}</b>
                  <span className={styles.text} dir="auto">
                    {f.show ? (
                      f.show(whole)
                    ) : f.text && which === "theirs" ? (
                      <Diff from={f.text(mine)} to={f.text(theirs)} />
                    ) : (
                      String(f.text ? f.text(whole) : (whole[f.key] ?? ""))
                    )}
                  </span>
                </span>
              </label>
            );
          })}
        </fieldset>
      ))}
    </Dialog>
  );
}
