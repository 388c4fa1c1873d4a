import { useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { unchosen, useNames, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTypedForm } from "../draft/useTyped";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { fund } from "../shell/fund";
import { Moment } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";

/** Who is at the meeting without a seat, from when to when: recorded by the secretary, and counted nowhere. */
export default function Attending({ meeting: m }: { meeting: Meeting }) {
  const { t } = useWords();
  const { name } = useNames();
  const queries = useQueryClient();
  const again = () => queries.invalidateQueries({ queryKey: ["meeting", m.id] });
  const leave = useAct(
    async (key: string, id: string) =>
      client.POST("/attendances/{id}/leaving", { params: { path: { id }, header: { "Idempotency-Key": key } } }),
    again,
  );
  const records = m.may.includes("attendance.record");
  if (m.attending.length === 0 && !records) return null;
  return (
    <section className={styles.card} aria-labelledby="attending">
      <h2 id="attending">{t("attending.title")}</h2>
      <p className={styles.quiet}>{t(m.attending.length === 0 ? "attending.none" : "attending.lead")}</p>
      <ErrorSummary problem={leave.problem} />
      {m.attending.length > 0 && (
        <ul className={styles.rows}>
          {m.attending.map((x) => (
            <li key={x.id} className={styles.row}>
              <span>
                <span className={styles.who}>
                  <bdi lang="">{x.name}</bdi>
                </span>
                <span className={styles.quiet}>
                  {t(`attending.as.${x.as}`)}, <bdi>{name(x.organisation)}</bdi>
                </span>
                <span className={styles.quiet}>
                  <Moment value={x.came_at} zone={fund.zone} hour />
                  {x.left_at && (
                    <>
                      {" – "}
                      <Moment value={x.left_at} zone={fund.zone} hour />
                    </>
                  )}
                </span>
              </span>
              {x.may.includes("attendance.record") && (
                <Button tone="quiet" busy={leave.busy} aria-label={t("room.left", { name: x.name })} onClick={() => void leave.run(x.id)}>
                  {t("room.left-short")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {records && <Coming meeting={m} done={again} />}
    </section>
  );
}

/** Writing down who has come. */
function Coming({ meeting: m, done }: { meeting: Meeting; done: () => unknown }) {
  const { t } = useWords();
  const list = useOrganisations().data ?? [];
  const [v, set, sent] = useTypedForm(`attending/${m.id}`, { as: "observer", organisation: "", name: "" });
  const come = useAct(
    async (key: string, body: typeof v) =>
      client.POST("/meetings/{id}/attendances", { params: { path: { id: m.id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      await done();
    },
  );
  const wrong = faultsByField(come.problem);
  return (
    <details className={styles.more}>
      <summary>{t("attending.record")}</summary>
      <form
        className={styles.tight}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void come.run({ ...v, organisation: v.organisation || unchosen });
        }}
      >
        <ErrorSummary problem={come.problem} />
        <Field id="name" label={t("attending.name")} value={v.name} error={wrong.name} onChange={(e) => set({ name: e.target.value })} />
        <Choice id="as" label={t("attending.as")} value={v.as} error={wrong.as} onChange={(e) => set({ as: e.target.value })}>
          {m.attendees.map((a) => (
            <option key={a} value={a}>
              {t(`attending.as.${a}`)}
            </option>
          ))}
        </Choice>
        <OrganisationChoice
          label={t("attending.organisation")}
          choose={t("attending.choose")}
          list={list}
          value={v.organisation}
          error={wrong.organisation}
          onChange={(organisation) => set({ organisation })}
        />
        <div className={styles.acts}>
          <Button type="submit" busy={come.busy}>
            {t("attending.do")}
          </Button>
        </div>
      </form>
    </details>
  );
}
