import { Link, useLocation } from "wouter";
import { client } from "../api/client";
import { faultsByField } from "../api/problem";
import { useRead } from "../api/read";
import { useAct } from "../api/useAct";
import { useMayBegin } from "../decision/data";
import page from "../decision/decision.module.css";
import { useTyped } from "../draft/useTyped";
import { Trouble, Waiting } from "../shell/Trouble";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Field } from "../ui/Field/Field";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { type Schemas, toneOf } from "./rules";

/** The drafts of new versions, and beginning one. */
export function Drafts() {
  const { t, language } = useWords();
  const [, go] = useLocation();
  const writes = useMayBegin("charter.draft");
  const drafts = useRead<Schemas["RulesDraftBrief"][]>("/charter/drafts");
  const [title, setTitle, sent] = useTyped("rules/new", "");
  const begin = useAct(
    (key: string, body: Schemas["RulesDraftRequest"]) =>
      client.POST("/charter/drafts", { params: { header: { "Idempotency-Key": key } }, body }),
    async ({ data }) => {
      await sent();
      go(`/charter/drafts/${data!.id}`);
    },
  );
  if (drafts.error) return <Trouble error={drafts.error} again={() => void drafts.refetch()} />;
  if (!drafts.data) return <Waiting />;
  return (
    <section className={page.stack}>
      <h2>{t("rules.drafts")}</h2>
      <DataTable
        caption={t("rules.drafts")}
        captionUnseen
        rows={drafts.data}
        id={(d) => d.id}
        empty={t(writes ? "rules.drafts-none-write" : "rules.drafts-none")}
        columns={[
          { key: "ref", plain: true, head: t("rules.ref"), cell: (d) => <bdi dir="ltr">{d.ref}</bdi> },
          {
            key: "title",
            head: t("rules.draft-title"),
            heads: true,
            cell: (d) => (
              <Link href={`/charter/drafts/${d.id}`} lang={d.language} dir="auto">
                {d.title}
              </Link>
            ),
          },
          { key: "changes", head: t("rules.changes"), kind: "number", cell: (d) => d.changes },
          {
            key: "state",
            plain: true,
            head: t("rules.state"),
            cell: (d) => (
              <>
                <Tag tone={toneOf(d.state)}>{t(`rules.state.${d.state}`)}</Tag>{" "}
                {d.superseded && <Tag tone="warn">{t("rules.superseded")}</Tag>}{" "}
                {d.agenda && d.state === "draft" && <Link href={`/questions/${d.agenda.question}`}>{d.agenda.ref}</Link>}
              </>
            ),
          },
        ]}
      />
      {writes && (
        <form
          className={page.form}
          noValidate
          onSubmit={(e) => {
            e.preventDefault();
            void begin.run({ title, language, note: "", effective_from: null, edits: [] });
          }}
        >
          <ErrorSummary problem={begin.problem} names={{ title: t("rules.draft-title") }} />
          <Field
            id="title"
            label={t("rules.draft-title")}
            hint={t("rules.draft-title-hint")}
            error={faultsByField(begin.problem).title}
            value={title}
            onChange={(e) => setTitle(e.target.value)}
          />
          <div className={page.acts}>
            <Button type="submit" tone="main" busy={begin.busy}>
              {t("rules.begin")}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
