import { Held } from "../condition/Held";
import { Tag, type Tone } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import type { Schemas } from "./office";

export type Transfer = Schemas["TransferRequest"];

const tones: Record<string, Tone> = {
  requested: "plain",
  signed: "plain",
  prepared: "link",
  released: "warn",
  sent: "good",
  withdrawn: "plain",
  acknowledged: "good",
  returned: "warn",
};

export function StageTag({ stage }: { stage: string }) {
  const { t } = useWords();
  return <Tag tone={tones[stage] ?? "plain"}>{t(`office.stage.${stage}`)}</Tag>;
}

const steps = ["transfer.sign", "transfer.prepare", "transfer.release", "transfer.send"];

/** The one step that waits for this hat: taking a request back waits for nobody, and what comes after has its own forms. */
export const waiting = (r: Transfer) => r.may.find((act) => steps.includes(act));

const tranche = ["beyond-the-tranche", "tranche-not-used", "reports-owed-before-the-tranche"];

/** What a release still needs, each by its name. */
export function Missing({ codes, held }: { codes: string[]; held?: Transfer["held"] }) {
  const { t } = useWords();
  const known = ["no-decision", "not-signed", "not-prepared", "no-mou", "insufficient-funds", "condition-open", ...tranche];
  return (
    <section className={styles.missing} aria-labelledby="missing">
      <h2 id="missing">{t("office.missing")}</h2>
      <ul>
        {codes.map((code) => (
          <li key={code}>{known.includes(code) ? t(`office.missing.${code}`) : code}</li>
        ))}
      </ul>
      <Held by={held} />
    </section>
  );
}
