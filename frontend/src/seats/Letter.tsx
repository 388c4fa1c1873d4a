import { useState } from "react";
import office from "../money-office/Office.module.css";
import { type Schemas, useRead } from "../money-office/office";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { Choice } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";

/** The letter about a term on the body, drafted in the language it is to go out in. */
export default function Letter({ term, to, onClose }: { term: string; to: string; onClose: () => void }) {
  const { t, language } = useWords();
  const toast = useToast();
  const letters = useRead<Schemas["SeatLetter"][]>(`/seat-terms/${term}/letter`);
  const [chosen, choose] = useState<string>(language);
  const letter = letters.data?.find((l) => l.language === chosen);
  async function copy() {
    if (!letter) return;
    await navigator.clipboard.writeText(`${letter.subject}\n\n${letter.text}`);
    toast(t("seats.letter-copied"));
  }
  return (
    <Dialog
      title={t("seats.letter-to", { name: to })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("dialog.close")}</Button>
          <Button tone="main" disabled={!letter} onClick={() => void copy()}>
            {t("seats.letter-copy")}
          </Button>
        </>
      }
    >
      <div className={office.form}>
        <p>{t("seats.letter-lead")}</p>
        <Choice id="letter-language" label={t("seats.letter-language")} value={chosen} onChange={(e) => choose(e.target.value)}>
          <LanguageOptions />
        </Choice>
        {letters.error && <Trouble error={letters.error} again={() => void letters.refetch()} />}
        {!letters.error && !letters.data && <Waiting />}
        {letter && (
          <article lang={letter.language} dir={letter.language === "ar" ? "rtl" : "ltr"}>
            <p>
              <b>{letter.subject}</b>
            </p>
            {letter.text.split("\n\n").map((part) => (
              <p key={part}>{part}</p>
            ))}
          </article>
        )}
      </div>
    </Dialog>
  );
}
