import { useState } from "react";
import { useNames } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Choice, TextField } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Correction, lastOf, type Minutes, type Says, usePost } from "./data";

/** What a part is called. */
function usePartName() {
  const { t } = useWords();
  return (part: string) => (part.startsWith("item-") ? t("minutes.item", { item: part.slice(5) }) : t(`minutes.${part}`));
}

/** What members would have otherwise, what became of it, and what was found wrong in minutes that are fixed. */
export function Corrections({ of: m, says }: { of: Minutes; says: Says }) {
  const { t } = useWords();
  const corrects = m.may.includes("minutes.correct");
  const amends = m.may.includes("minutes.amend");
  if (m.state === "drafted") return null;
  return (
    <section className={styles.stack} aria-labelledby="corrections">
      <h2 id="corrections">{t("minutes.corrections")}</h2>
      {m.corrections.length === 0 && (
        <p className={styles.quiet}>{t(corrects ? "minutes.corrections-none-yours" : "minutes.corrections-none")}</p>
      )}
      {m.corrections.length > 0 && (
        <ul className={styles.rows}>
          {m.corrections.map((c) => (
            <One key={c.id} of={c} minutes={m} />
          ))}
        </ul>
      )}
      {corrects && <Proposing kind="correction" of={m} says={says} />}
      {amends && <Proposing kind="corrigendum" of={m} says={says} />}
    </section>
  );
}

function One({ of: c, minutes: m }: { of: Correction; minutes: Minutes }) {
  const { t } = useWords();
  const { name } = useNames();
  const part = usePartName();
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.tight}>
      <p className={styles.quiet}>
        {t("minutes.correction", { n: c.n, part: part(c.part) })} · <bdi>{name(c.organisation)}</bdi> ·{" "}
        <Moment value={c.at} zone={fund.zone} hour />
      </p>
      <p className={styles.text} lang={c.language} dir="auto">
        {c.text}
      </p>
      {c.taken !== null && (
        <p>
          <Tag tone={c.taken ? "good" : "plain"}>{t(c.taken ? "minutes.taken" : "minutes.not-taken")}</Tag> <bdi>{c.reason}</bdi>
        </p>
      )}
      {c.taken === null && m.may.includes("minutes.answer") && !open && (
        <div className={styles.acts}>
          <Button aria-label={t("minutes.answer-of", { n: c.n })} onClick={() => setOpen(true)}>
            {t("minutes.answer")}
          </Button>
        </div>
      )}
      {c.taken === null && open && <Answering of={c} minutes={m} close={() => setOpen(false)} />}
    </li>
  );
}

function Answering({ of: c, minutes: m, close }: { of: Correction; minutes: Minutes; close: () => void }) {
  const { t } = useWords();
  const stands = m.texts.find((x) => x.part === c.part && x.language === m.says?.language)?.text ?? "";
  const [typed, set, sent] = useTypedForm(`minutes-answer/${c.id}`, { taken: "", reason: "", text: stands });
  const act = usePost<object>(`/meetings/${m.meeting}/minutes/corrections/${c.id}/answer`, "minutes.answered", sent);
  const wrong = faultsByField(act.problem);
  return (
    <ActForm
      act={act}
      names={{ reason: t("minutes.reason"), text: t("minutes.text-now") }}
      button={t("minutes.answer")}
      send={() => void act.run({ taken: typed.taken === "yes", reason: typed.reason, text: typed.text })}
      leave={close}
    >
      <Choice id="taken" label={t("minutes.take")} value={typed.taken} onChange={(e) => set({ taken: e.target.value })}>
        <option value="">{t("minutes.not-taken")}</option>
        <option value="yes">{t("minutes.taken")}</option>
      </Choice>
      {typed.taken === "yes" && (
        <TextField
          id="text"
          rows={5}
          lang={m.says?.language}
          label={t("minutes.text-now")}
          error={wrong.text}
          value={typed.text}
          onChange={(e) => set({ text: e.target.value })}
        />
      )}
      <TextField
        id="reason"
        rows={2}
        label={t("minutes.reason")}
        error={wrong.reason}
        value={typed.reason}
        onChange={(e) => set({ reason: e.target.value })}
      />
    </ActForm>
  );
}

/** A member's correction while there is time, or the secretariat's corrigendum once they are fixed. */
function Proposing({ kind, of: m, says }: { kind: "correction" | "corrigendum"; of: Minutes; says: Says }) {
  const { t, language } = useWords();
  const name = usePartName();
  const [typed, set, sent] = useTypedForm(`minutes-${kind}/${m.meeting}`, { part: "opening", text: "" });
  const path = `/meetings/${m.meeting}/minutes/${kind === "correction" ? "corrections" : "corrigenda"}`;
  const act = usePost<object>(path, `minutes.${kind}-sent`, sent);
  const wrong = faultsByField(act.problem);
  const parts = ["opening", "attendance", ...says.items.filter((i) => !i.hidden).map((i) => `item-${i.item}`), "closing"];
  return (
    <details className={styles.more} open={kind === "correction" || undefined}>
      <summary>{t(`minutes.${kind}-do`)}</summary>
      <ActForm
        head={
          kind === "correction" &&
          m.corrections_until && (
            <p>
              {t("minutes.correct-lead")} <Moment value={lastOf(m.corrections_until)} zone={fund.zone} hour />
            </p>
          )
        }
        act={act}
        names={{ part: t("minutes.part"), text: t(`minutes.${kind}-text`) }}
        button={t(`minutes.${kind}-do`)}
        send={() => void act.run(kind === "correction" ? { ...typed, language } : typed)}
      >
        <Choice id="part" label={t("minutes.part")} error={wrong.part} value={typed.part} onChange={(e) => set({ part: e.target.value })}>
          {parts.map((part) => (
            <option key={part} value={part}>
              {name(part)}
            </option>
          ))}
        </Choice>
        <TextField
          id="said"
          rows={3}
          label={t(`minutes.${kind}-text`)}
          error={wrong.text}
          value={typed.text}
          onChange={(e) => set({ text: e.target.value })}
        />
      </ActForm>
    </details>
  );
}
