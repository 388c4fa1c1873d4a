import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { ActForm } from "../decision/ActForm";
import { useTypedForm } from "../draft/useTyped";
import { TextField } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Language } from "./data";
import { Tongue } from "./Tongue";

export type Said = { language: Language; text: string };

/** A text in a language and the act that it is for; id says which, and keeps what is typed until it is done. */
export function Words<T>({
  id,
  label,
  button,
  field = "text",
  act,
  then,
  leave,
}: {
  id: string;
  label: string;
  button: string;
  /** What the act calls the text; a reason has no language of its own. */
  field?: "text" | "reason";
  act: (key: string, said: Said) => Promise<T>;
  then: (result: T) => unknown;
  leave: () => void;
}) {
  const { t, language } = useWords();
  const [said, change, forget] = useTypedForm<Said>(id, { language: language as Language, text: "" });
  const { run, busy, problem } = useAct(act, async (result: T) => {
    await forget();
    await then(result);
  });
  return (
    <ActForm
      plain
      act={{ busy, problem }}
      names={{ [field]: label, language: t("review.language") }}
      button={button}
      send={() => void run(said)}
      leave={leave}
    >
      {field === "text" && <Tongue id="language" value={said.language} onChange={(language) => change({ language })} />}
      <TextField
        id={field}
        label={label}
        rows={3}
        error={faultsByField(problem)[field]}
        value={said.text}
        onChange={(e) => change({ text: e.target.value })}
      />
    </ActForm>
  );
}
