import type { FormEvent } from "react";
import { Link } from "wouter";
import { unchosen, useNames, useOrganisations } from "../api/organisations";
import { faultsByField } from "../api/problem";
import { useTyped } from "../draft/useTyped";
import { OrganisationChoice } from "../organisation/OrganisationChoice";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field, TextField } from "../ui/Field/Field";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import styles from "./Office.module.css";
import { type Schemas, today, useAct, useMay, useRead } from "./office";
import { Written } from "./parts";

/** Memoranda of understanding: without one in force an organisation is paid nothing. */
export default function MousPage() {
  const { t } = useWords();
  const list = useRead<Schemas["MOU"][]>("/mous");
  const { name } = useNames();
  const may = useMay("mou.record");
  if (list.error) return <Trouble error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Waiting />;
  return (
    <>
      <PageHead title={t("office.mous")} lead={t("office.mous-lead")} crumbs={<Link href="/transfers">{t("office.transfers")}</Link>} />
      <div className={styles.stack}>
        <DataTable
          caption={t("office.mous")}
          captionUnseen
          rows={list.data}
          id={(m) => m.id}
          empty={t("office.mous-empty")}
          columns={[
            {
              key: "org",
              head: t("office.organisation"),
              heads: true,
              by: (m) => name(m.organisation.code),
              cell: (m) => <Written>{name(m.organisation.code)}</Written>,
            },
            { key: "ref", head: t("office.ref"), by: (m) => m.ref, cell: (m) => <bdi dir="ltr">{m.ref}</bdi> },
            { key: "from", head: t("office.from"), by: (m) => m.from, cell: (m) => <Day value={m.from} short /> },
            {
              key: "until",
              head: t("office.until"),
              by: (m) => m.until ?? "",
              cell: (m) => (m.until ? <Day value={m.until} short /> : t("office.open-end")),
            },
          ]}
        />
        {may && <NewMOU />}
      </div>
    </>
  );
}

function NewMOU() {
  const { t } = useWords();
  const toast = useToast();
  const list = useOrganisations().data ?? [];
  const { run, busy, problem } = useAct();
  const none = { organisation: "", ref: "", from: today(), until: "", document: "" };
  const [mou, setMou] = useTyped("mou", none);
  const faults = faultsByField(problem);
  const change = (to: Partial<typeof none>) => setMou((m) => ({ ...m, ...to }));
  async function send(e: FormEvent) {
    e.preventDefault();
    if (busy) return;
    const body = { ...mou, organisation: mou.organisation || unchosen, until: mou.until || undefined };
    if (!(await run("/mous", body))) return;
    toast(t("office.mou-recorded", { ref: mou.ref }));
    setMou(none);
  }
  return (
    <form className={`${styles.form} ${styles.panel}`} onSubmit={send} noValidate>
      <h2>{t("office.mou-record")}</h2>
      <ErrorSummary problem={problem} />
      <OrganisationChoice
        label={t("office.organisation")}
        choose={t("office.choose")}
        list={list}
        value={mou.organisation}
        error={faults.organisation}
        onChange={(organisation) => change({ organisation })}
      />
      <Field id="ref" label={t("office.ref")} value={mou.ref} error={faults.ref} onChange={(e) => change({ ref: e.target.value })} />
      <div className={styles.row}>
        <Field
          id="from"
          type="date"
          label={t("office.from")}
          value={mou.from}
          error={faults.from}
          onChange={(e) => change({ from: e.target.value })}
        />
        <Field
          id="until"
          type="date"
          label={t("office.until")}
          optional
          value={mou.until}
          error={faults.until}
          onChange={(e) => change({ until: e.target.value })}
        />
      </div>
      <TextField
        id="document"
        label={t("office.document")}
        hint={t("office.document-hint")}
        optional
        rows={2}
        value={mou.document}
        error={faults.document}
        onChange={(e) => change({ document: e.target.value })}
      />
      <div className={styles.acts}>
        <Button tone="main" type="submit" busy={busy}>
          {t("office.mou-record")}
        </Button>
      </div>
    </form>
  );
}
