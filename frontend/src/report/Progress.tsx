import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import type { Indicator } from "./data";

/** Per cent of the way, and whether the target is reached: in words, not by colour alone. */
export function Progress({ of }: { of: Indicator }) {
  const { t } = useWords();
  return (
    <>
      <bdi dir="ltr">{of.progress ? `${of.progress} %` : "–"}</bdi> {of.reached && <Tag tone="good">{t("results.reached")}</Tag>}
    </>
  );
}
