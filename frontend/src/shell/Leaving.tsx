import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { useWords } from "../words/i18n";

/** Signing out has the browser forget all that the fund keeps here: drafts that were not sent are named first. */
export default function Leaving({ drafts, onStay, onLeave }: { drafts: number; onStay: () => void; onLeave: () => void }) {
  const { t } = useWords();
  return (
    <Dialog
      title={t("shell.unsent")}
      onClose={onStay}
      actions={
        <>
          <Button onClick={onStay}>{t("dialog.cancel")}</Button>
          <Button tone="danger" onClick={onLeave}>
            {t("shell.sign-out-anyway")}
          </Button>
        </>
      }
    >
      <p>{t("shell.unsent-lead", { count: drafts })}</p>
    </Dialog>
  );
}
