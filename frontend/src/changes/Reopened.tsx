import { useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { client } from "../api/client";
import { faultsByField, faultsOf } from "../api/problem";
import type { components } from "../api/schema";
import { useAct } from "../api/useAct";
import { type Scores, whole } from "../assessment/sheet";
import styles from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { formatAmount } from "../money/money";
import { fund } from "../shell/fund";
import { DateTime } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { bringArea, useWords } from "../words/i18n";

type Proposal = components["schemas"]["Proposal"];

// Few come for it, and their pages have no room for saying so themselves.
await bringArea("budget");

/** That it was given back after it was found eligible, what its next version changed, and where the secretariat gives it back. */
export default function Reopened({ proposal: p, earlier }: { proposal: Proposal; earlier?: Scores["earlier"] }) {
  const { t } = useWords();
  const what = useFields();
  const r = p.reopening;
  const c = p.change;
  return (
    <section className={styles.tight}>
      {r && (
        <div className={`${styles.note} ${styles.over}`}>
          <p>{t("changes.returned", { n: r.version })}</p>
          <p>
            <DateTime value={r.at} zone={fund.zone} />
          </p>
          <p dir="auto">{r.reason}</p>
        </div>
      )}
      {r && c && (
        <div className={`${styles.note} ${c.material ? styles.over : styles.calm}`}>
          <p>
            {c.material
              ? t("changes.material", { n: c.version, what: what(c.changed) })
              : t("changes.immaterial", { n: c.version, what: what(c.changed), from: c.assessed_from })}
          </p>
          <p>
            <Link href={`/proposals/${p.id}/versions/${c.version - 1}?with=${c.version}`}>
              {t("changes.compare", { from: c.version - 1, to: c.version })}
            </Link>
          </p>
        </div>
      )}
      {earlier && <Earlier scores={earlier} />}
      {p.may.includes("proposal.reopen") && <GiveBack id={p.id} />}
    </section>
  );
}

function GiveBack({ id }: { id: string }) {
  const { t } = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const [reason, setReason, sent] = useTyped(`reopening/${id}`, "");
  const giveBack = useAct(
    async (key: string, body: { reason: string }) =>
      client.POST("/proposals/{id}/reopening", { params: { path: { id }, header: { "Idempotency-Key": key } }, body }),
    async () => {
      await sent();
      toast(t("changes.given-back"));
      await Promise.all([["proposal", id], ["proposals"], ["tasks"]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  );
  // Beside it stands another form that asks for a reason: this one's field has a name of its own.
  const problem = giveBack.problem && {
    ...giveBack.problem,
    errors: faultsOf(giveBack.problem).map((f) => ({ ...f, ...(f.field ? { field: `/reopening${f.field}` } : {}) })),
  };
  const wrong = faultsByField(problem);
  return (
    <details className={styles.more}>
      <summary>{t("changes.give-back")}</summary>
      <form
        className={styles.stack}
        noValidate
        onSubmit={(e) => {
          e.preventDefault();
          void giveBack.run({ reason });
        }}
      >
        <ErrorSummary problem={problem} names={{ "reopening-reason": t("changes.reason") }} />
        <p>{t("changes.give-back-lead")}</p>
        <TextField
          id="reopening-reason"
          rows={3}
          label={t("changes.reason")}
          hint={t("changes.reason-hint")}
          error={wrong["reopening-reason"]}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        <div className={styles.acts}>
          <Button type="submit" tone="danger" busy={giveBack.busy}>
            {t("changes.give-back")}
          </Button>
        </div>
      </form>
    </details>
  );
}

/** Scores about what the proposal said before: kept, and counted for nothing. */
function Earlier({ scores }: { scores: NonNullable<Scores["earlier"]> }) {
  const { t, language } = useWords();
  const versions = [...new Set(scores.map((s) => s.version))].sort((a, b) => b - a);
  return versions.map((n) => (
    <DataTable
      key={n}
      caption={t("changes.about", { n })}
      rows={scores.filter((s) => s.version === n)}
      id={(s) => s.seat}
      columns={[
        { key: "seat", head: t("changes.seat"), heads: true, cell: (s) => s.seat },
        { key: "total", head: t("changes.score"), kind: "number", cell: (s) => formatAmount(whole(s.total), language) },
        { key: "comment", head: t("changes.comment"), cell: (s) => <span dir="auto">{s.comment}</span> },
      ]}
    />
  ));
}

/** The members of a content in a sentence: the answers to the form are one of them. */
function useFields() {
  const { t, language } = useWords();
  return (changed: string[]) => {
    const names = [...new Set(changed.map((m) => m.split("/")[0]!))].map((m) => t(`changes.field.${m}`));
    return names.length === 0 ? t("changes.nothing") : new Intl.ListFormat(language).format(names);
  };
}
