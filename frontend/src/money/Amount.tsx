import { useWords } from "../words/i18n";
import styles from "./Amount.module.css";
import { formatAmount } from "./money";

/**
 * An exact amount, "1250.50", in the reader's way of writing it. In a column it is alone and the heading names
 * the currency; in a sentence give the currency, which then stands before it as the United Nations writes it.
 */
export function Amount({ value, currency, strong }: { value: string; currency?: string | undefined; strong?: boolean }) {
  const { language } = useWords();
  const text = formatAmount(value, language);
  return (
    <bdi dir="ltr" className={styles.amount}>
      <data value={value} className={strong ? styles.strong : undefined}>
        {currency ? `${currency}\u00a0${text}` : text}
      </data>
    </bdi>
  );
}
