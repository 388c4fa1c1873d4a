import { useState } from "react";
import { faultsByField } from "../api/problem";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { Button } from "../ui/Button/Button";
import { Choice, TextField } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { type Minutes, type Says, usePost } from "./data";

/** What is written is kept on this device until it is saved; another's newer text is not written over. */
export default function Writing({ of: m, says, part, close }: { of: Minutes; says: Says; part: string; close: () => void }) {
  const { t } = useWords();
  const [tongue, setTongue] = useState(m.state === "drafted" ? says.language : "");
  const was = m.texts.find((x) => x.part === part && x.language === tongue);
  return (
    <>
      <Choice id={`${part}-language`} label={t("minutes.language")} value={tongue} onChange={(e) => setTongue(e.target.value)}>
        {tongue === "" && <option value="">{t("minutes.choose")}</option>}
        <LanguageOptions />
      </Choice>
      {tongue !== "" && (
        <Prose
          key={`${tongue} ${was?.n ?? 0}`}
          meeting={m.meeting}
          part={part}
          tongue={tongue}
          was={was?.text ?? ""}
          n={was?.n ?? 0}
          close={close}
        />
      )}
    </>
  );
}

function Prose({
  meeting,
  part,
  tongue,
  was,
  n,
  close,
}: {
  meeting: string;
  part: string;
  tongue: string;
  was: string;
  n: number;
  close: () => void;
}) {
  const { t } = useWords();
  const [typed, set, sent] = useTypedForm(`minutes/${meeting}/${part}/${tongue}`, { text: was, after: n });
  const act = usePost<object>(`/meetings/${meeting}/minutes/texts`, "minutes.written", async () => {
    await sent();
    close();
  });
  return (
    <ActForm
      plain
      act={act}
      names={{ text: t("minutes.text") }}
      button={t("minutes.save")}
      send={() => void act.run({ part, language: tongue, text: typed.text, after: typed.after })}
      leave={close}
    >
      {typed.after !== n && (
        <p className={styles.card}>
          {t("minutes.newer")} <span dir="auto">{was}</span> <Button onClick={() => set({ after: n })}>{t("minutes.over")}</Button>
        </p>
      )}
      <TextField
        id="text"
        rows={6}
        lang={tongue}
        label={t("minutes.text")}
        hint={t("minutes.text-hint")}
        error={faultsByField(act.problem).text}
        value={typed.text}
        onChange={(e) => set({ text: e.target.value })}
      />
    </ActForm>
  );
}
