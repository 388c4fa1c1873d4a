import { Suspense } from "react";
import { Conditions } from "../condition/lazy";
import { useRules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Waiting } from "../shell/Trouble";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Budget } from "./Budget";
import { toneOf, useProgramme } from "./data";
import { Facts } from "./Facts";

/** Where a programme is, on the page from which its money is asked for: its state and days, its budget, its conditions. */
export default function Standing({ programme }: { programme: string }) {
  const { t } = useWords();
  const p = useProgramme(programme).data;
  const rules = useRules().data;
  if (!p || !rules) return <Waiting />;
  return (
    <div className={styles.stack}>
      <p>
        {p.preparation && <Tag>{t("life.preparation")}</Tag>} <Tag tone={toneOf(p.state)}>{t(`life.state.${p.state}`)}</Tag>
      </p>
      <Facts of={p} />
      <Suspense fallback={<Waiting />}>
        <Conditions programme={p.id} />
      </Suspense>
      <Budget of={p} rules={rules} />
    </div>
  );
}
