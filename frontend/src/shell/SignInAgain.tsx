import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type Problem, Refused } from "../api/problem";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./SignInAgain.module.css";
import { type Session, sessionQuery, signIn, signInAddress } from "./session";

/** The question over the page once a session has ended. Another person who signs in gets a page of her own. */
export default function SignInAgain({ onDone }: { onDone: () => void }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  async function submit(e: FormEvent<HTMLFormElement>) {
    e.preventDefault();
    const form = new FormData(e.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const before = queries.getQueryData<Session>(sessionQuery.queryKey)?.person.id;
      await signIn(String(form.get("email")), String(form.get("password")));
      const now = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
      if (before && now.person.id !== before) return location.assign("/app/");
      onDone();
    } catch (refused) {
      setProblem(refused instanceof Refused ? refused.problem : { type: "", code: "unreached", title: t("shell.no-line"), status: 0 });
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog title={t("expired.title")}>
      <p>{t("expired.lead")}</p>
      <form onSubmit={submit} className={styles.form}>
        <ErrorSummary problem={problem} />
        <Field id="email" name="email" type="email" label={t("expired.email")} autoComplete="username" dir="ltr" required />
        <Field
          id="password"
          name="password"
          type="password"
          label={t("expired.password")}
          autoComplete="current-password"
          dir="ltr"
          required
        />
        <div className={styles.actions}>
          <Button type="submit" tone="main" busy={busy}>
            {t("expired.sign-in")}
          </Button>
          <a href={signInAddress(location.pathname + location.search)}>{t("expired.elsewhere")}</a>
        </div>
      </form>
    </Dialog>
  );
}
