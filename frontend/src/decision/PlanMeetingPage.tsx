import { useQueryClient } from "@tanstack/react-query";
import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { placeOf } from "../time/dates";
import { instantIn } from "../time/zoned";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import styles from "./decision.module.css";
import { Venue, whereOf } from "./Plan";

type Schemas = components["schemas"];

/** The secretariat puts a meeting on the calendar. */
export default function PlanMeetingPage() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const queries = useQueryClient();
  const [typed, setTyped, sent] = useTypedForm("meeting", { title: "", at: "", held: "in-person", place: "", link: "" });
  const { title, at } = typed;
  const setTitle = (title: typeof typed.title) => setTyped({ title });
  const setAt = (at: typeof typed.at) => setTyped({ at });
  const plan = useAct(
    async (key: string, body: Schemas["MeetingRequest"]) =>
      (await client.POST("/meetings", { body, params: { header: { "Idempotency-Key": key } } })).data!,
    async (meeting) => {
      await sent();
      await queries.invalidateQueries({ queryKey: ["meetings"] });
      go(`/meetings/${meeting.id}`);
    },
  );
  const wrong = faultsByField(plan.problem);
  return (
    <>
      <PageHead title={t("plan.title")} crumbs={<Link href="/meetings">{t("meetings.title")}</Link>} />
      <form
        className={styles.form}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void plan.run({ title, starts_at: instantIn(at, fund.zone), ...whereOf(typed) });
        }}
      >
        <ErrorSummary problem={plan.problem} names={{ title: t("plan.name"), starts_at: t("plan.at") }} />
        <Field id="title" label={t("plan.name")} error={wrong.title} value={title} onChange={(e) => setTitle(e.target.value)} />
        <Field
          id="starts_at"
          type="datetime-local"
          dir="ltr"
          label={t("plan.at")}
          hint={t("plan.at-hint", { place: placeOf(fund.zone, language) })}
          error={wrong.starts_at}
          value={at}
          onChange={(e) => setAt(e.target.value)}
        />
        <Venue of={typed} wrong={wrong} change={setTyped} />
        <div className={styles.acts}>
          <Button type="submit" tone="main" busy={plan.busy}>
            {t("plan.do")}
          </Button>
        </div>
      </form>
    </>
  );
}
