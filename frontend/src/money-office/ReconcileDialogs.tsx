import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { ImportStatement } from "./ImportStatement";
import office from "./Office.module.css";
import { useAct } from "./office";
import { Sum } from "./parts";
import styles from "./Reconcile.module.css";
import type { Line } from "./reconcile";

export type Asked = "keys" | "import" | "accept";

/** What the page asks over itself. */
export default function ReconcileDialogs({ asked, lines, onClose }: { asked: Asked; lines: Line[]; onClose: () => void }) {
  if (asked === "keys") return <Keys onClose={onClose} />;
  return asked === "import" ? <ImportStatement onClose={onClose} /> : <AcceptAll lines={lines} onClose={onClose} />;
}

function Keys({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  return (
    <Dialog title={t("reconcile.keys")} onClose={onClose} actions={<Button onClick={onClose}>{t("dialog.close")}</Button>}>
      <dl className={styles.keys}>
        {(["j", "k", "h", "space", "m", "help"] as const).map((key) => (
          <div key={key}>
            <dt className={styles.name}>
              <kbd>{key === "space" ? t("reconcile.key.space-name") : key === "help" ? "?" : key === "h" ? "h · l" : key}</kbd>
            </dt>
            <dd>{t(`reconcile.key.${key}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

/** What would be matched, each with its reason, before it is. */
function AcceptAll({ lines, onClose }: { lines: Line[]; onClose: () => void }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  async function accept() {
    let n = 0;
    for (const line of lines) {
      const c = line.candidates[0]!;
      if (!(await run("/matches", { lines: [line.id], postings: c.movements.map((m) => m.posting), reason: c.reason }))) break;
      n++;
    }
    if (n > 0) toast(t("reconcile.accepted", { count: n }));
    if (n === lines.length) onClose();
  }
  return (
    <Dialog
      title={t("reconcile.accept-all", { count: lines.length })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.cancel")}</Button>
          <Button tone="main" busy={busy} onClick={() => void accept()}>
            {t("reconcile.accept-these")}
          </Button>
        </>
      }
    >
      <ErrorSummary problem={problem} />
      <p>{t("reconcile.accept-lead")}</p>
      <ul className={styles.accepting}>
        {lines.map((line) => (
          <li key={line.id}>
            <Sum of={line.amount} named strong /> <span dir="auto">{line.counterparty || line.text}</span>
            <br />
            <span className={office.small}>{line.candidates[0]!.reason}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
