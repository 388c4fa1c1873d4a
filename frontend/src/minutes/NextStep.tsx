import { useState } from "react";
import { faultsByField } from "../api/problem";
import { ActForm } from "../decision/ActForm";
import styles from "../decision/decision.module.css";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice } from "../ui/Field/Field";
import { LanguageOptions } from "../ui/LanguageOptions";
import { useWords } from "../words/i18n";
import { type Minutes, usePost } from "./data";

/** The one step that is next, for whose it is. */
export default function NextStep({ of: m, meeting }: { of: Minutes; meeting: string }) {
  const { t, language } = useWords();
  const [tongue, setTongue] = useState<string>(language);
  const path = `/meetings/${meeting}/minutes`;
  const draft = usePost<{ language: string }>(path, "minutes.drafted");
  const circulate = usePost(`${path}/circulation`, "minutes.circulated");
  const fix = usePost(`${path}/fixing`, "minutes.fixed");
  const send = usePost(`${path}/sending`, "minutes.sent");
  if (m.may.includes("minutes.draft"))
    return (
      <ActForm
        head={<p>{t("minutes.draft-lead")}</p>}
        act={draft}
        names={{ language: t("minutes.authority") }}
        button={t("minutes.draft")}
        send={() => void draft.run({ language: tongue })}
      >
        <Choice
          id="language"
          label={t("minutes.authority")}
          hint={t("minutes.authority-hint")}
          error={faultsByField(draft.problem).language}
          value={tongue}
          onChange={(e) => setTongue(e.target.value)}
        >
          <LanguageOptions />
        </Choice>
      </ActForm>
    );
  const steps = [
    { may: "minutes.circulate", act: circulate, button: "minutes.circulate", lead: "minutes.circulate-lead" },
    { may: "minutes.fix", act: fix, button: "minutes.fix", lead: "minutes.fix-lead" },
    { may: "minutes.send", act: send, button: m.sent.length > 0 ? "minutes.send-again" : "minutes.send", lead: "minutes.send-lead" },
  ];
  return steps
    .filter((s) => m.may.includes(s.may))
    .map((s) => (
      <section key={s.may} className={`${styles.card} ${styles.tight}`}>
        <ErrorSummary problem={s.act.problem} />
        <p>{t(s.lead)}</p>
        <div className={styles.acts}>
          <Button tone={m.sent.length > 0 ? "plain" : "main"} busy={s.act.busy} onClick={() => void s.act.run()}>
            {t(s.button)}
          </Button>
        </div>
      </section>
    ));
}
