import { useQuery, useQueryClient } from "@tanstack/react-query";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useAct } from "../api/useAct";
import { useTyped } from "../draft/useTyped";
import { fund } from "../shell/fund";
import { formatInstant } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { Dialog } from "../ui/Dialog/Dialog";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, TextField } from "../ui/Field/Field";
import { bringArea, useWords } from "../words/i18n";
import type { Meeting } from "./data";
import styles from "./decision.module.css";
import { within } from "./within";

// A meeting ends once: its page has no room for these words itself.
await bringArea("ending");

type Fate = { to: string; reason: string };
type Typed = { reason: string; items: Record<string, Partial<Fate>> };

/** Closes a meeting, or calls one off, and says of each item that it did not reach what becomes of it. */
export default function Ending({ meeting: m, off, leave }: { meeting: Meeting; off: boolean; leave: () => void }) {
  const { t, language } = useWords();
  const queries = useQueryClient();
  const listed = m.agenda.filter((item) => item.state === "listed");
  const planned = useQuery({
    queryKey: ["meetings", "planned"],
    queryFn: async () => (await client.GET("/meetings", { params: { query: { state: ["planned"], sort: "at", limit: 200 } } })).data!,
    enabled: listed.length > 0,
  });
  const others = (planned.data ?? []).filter((o) => o.id !== m.id);
  const next = (others.find((o) => o.starts_at > m.starts_at) ?? others[0])?.id ?? "";
  const [typed, setTyped, sent] = useTyped<Typed>(`ending/${m.id}`, { reason: "", items: {} });
  const fate = (id: string): Fate => {
    const { to = next, reason = "" } = typed.items[id] ?? {};
    return { to: others.some((o) => o.id === to) ? to : "", reason }; // what was chosen may have opened since
  };
  const change = (id: string, part: Partial<Fate>) =>
    setTyped((now) => ({ ...now, items: { ...now.items, [id]: { ...now.items[id], ...part } } }));
  const act = within(
    useAct(
      async (key: string) => {
        const items = listed.map(({ id }) => {
          const { to, reason } = fate(id);
          return to ? { question: id, to } : { question: id, reason };
        });
        const params = { path: { id: m.id }, header: { "Idempotency-Key": key } };
        return off
          ? client.POST("/meetings/{id}/cancellation", { params, body: { reason: typed.reason, items } })
          : client.POST("/meetings/{id}/closing", { params, body: { items } });
      },
      async () => {
        await sent();
        leave();
        await Promise.all(["meeting", "meetings", "question"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
      },
    ),
    "ending",
  );
  const wrong = faultsByField(act.problem);
  const name = (item: Meeting["agenda"][number]) =>
    item.title ? t("meeting.item", { number: item.item, title: item.title }) : t("decide.item", { number: item.item });
  const names = {
    "ending-reason": t("ending.reason"),
    ...Object.fromEntries(listed.flatMap((item, n) => ["to", "reason", "question"].map((f) => [`ending-items-${n}-${f}`, name(item)]))),
  };
  const title = t(off ? "meeting.cancel" : "meeting.close-title");
  return (
    <Dialog
      title={title}
      onClose={leave}
      actions={
        <>
          <Button onClick={leave}>{t("dialog.cancel")}</Button>
          <Button tone={off ? "danger" : "main"} busy={act.busy || planned.isLoading} onClick={() => void act.run()}>
            {t(off ? "meeting.cancel" : "meeting.close")}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <ErrorSummary problem={act.problem} names={names} />
        <p>{t(off ? "ending.cancel-lead" : "meeting.close-lead")}</p>
        {off && (
          <TextField
            id="ending-reason"
            rows={3}
            label={t("ending.reason")}
            hint={t("ending.reason-hint")}
            error={wrong["ending-reason"]}
            value={typed.reason}
            onChange={(e) => setTyped((now) => ({ ...now, reason: e.target.value }))}
          />
        )}
        {listed.length > 0 && !planned.isLoading && (
          <section className={styles.stack} aria-labelledby="ending-items">
            <h3 id="ending-items">{t("ending.items")}</h3>
            <p className={styles.quiet}>{t(others.length > 0 ? "ending.items-lead" : "ending.items-none")}</p>
            {listed.map((item, n) => {
              const { to, reason } = fate(item.id);
              const at = `ending-items-${n}`;
              return (
                <div key={item.id} className={styles.tight}>
                  <Choice
                    id={`${at}-to`}
                    label={name(item)}
                    value={to}
                    error={wrong[`${at}-to`] ?? wrong[`${at}-question`]}
                    onChange={(e) => change(item.id, { to: e.target.value })}
                  >
                    {others.map((o) => (
                      <option key={o.id} value={o.id}>
                        {t("ending.to", { ref: o.ref, title: o.title, at: formatInstant(new Date(o.starts_at), fund.zone, language).day })}
                      </option>
                    ))}
                    <option value="">{t("ending.off")}</option>
                  </Choice>
                  {!to && (
                    <TextField
                      id={`${at}-reason`}
                      rows={2}
                      label={t("ending.off-reason", { number: item.item })}
                      error={wrong[`${at}-reason`]}
                      value={reason}
                      onChange={(e) => change(item.id, { reason: e.target.value })}
                    />
                  )}
                </div>
              );
            })}
          </section>
        )}
      </div>
    </Dialog>
  );
}
