import { same } from "../../draft/merge";
import { Amount } from "../../money/Amount";
import { Diff } from "../../ui/Diff/Diff";
import { useWords } from "../../words/i18n";
import styles from "../Proposal.module.css";
import { type Content, type FormField, named, type Organisation, type ProposalForm } from "../proposal";

type Known = Pick<Organisation, "id" | "code" | "name">[];

/** What the answers say, section by section of the form they were given on; what changed is struck out and underlined. */
export function AnswersSaid({
  form,
  content,
  before,
  organisations,
}: {
  form: ProposalForm;
  content: Content;
  before?: Content;
  organisations: Known;
}) {
  const { language } = useWords();
  return form.sections
    .map((s) => ({ ...s, fields: s.fields.filter((f) => f.kind !== "part") }))
    .filter((s) => s.fields.length > 0)
    .map((s) => (
      <section key={s.key} className={styles.part}>
        <h2 className={styles.head}>{named(s.title, language)}</h2>
        <div className={styles.stack}>
          {s.fields.map((f) => (
            <div key={f.key}>
              <h3 className={styles.legend}>{named(f.label, language)}</h3>
              <Said
                field={f}
                value={content.answers[f.key]}
                was={before?.answers[f.key]}
                compared={before !== undefined}
                lang={content.language}
                form={form}
                organisations={organisations}
              />
            </div>
          ))}
        </div>
      </section>
    ));
}

type SaidProps = {
  field: FormField;
  value: unknown;
  was?: unknown;
  compared: boolean;
  lang: string;
  form: ProposalForm;
  organisations: Known;
};

function Said({ field, value, was, compared, lang, form, organisations }: SaidProps) {
  const { t, language } = useWords();
  if (field.kind === "list") {
    const now = Array.isArray(value) ? (value as Record<string, unknown>[]) : [];
    const old = Array.isArray(was) ? (was as Record<string, unknown>[]) : [];
    if (now.length === 0 && old.length === 0) return <p className={styles.quiet}>{t("reading.nothing")}</p>;
    return (
      <ol className={styles.records}>
        {Array.from({ length: Math.max(now.length, old.length) }, (_, i) => (
          <li key={i}>
            <dl className={styles.facts}>
              {field.fields?.map((f) => (
                <div key={f.key}>
                  <dt>{named(f.label, language)}</dt>
                  <dd>
                    <Said
                      field={f}
                      value={now[i]?.[f.key]}
                      was={old[i]?.[f.key]}
                      compared={compared}
                      lang={lang}
                      form={form}
                      organisations={organisations}
                    />
                  </dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
    );
  }
  const words = (v: unknown): string => {
    if (v === undefined || v === null) return "";
    switch (field.kind) {
      case "organisation":
        return organisations.find((o) => o.id === v)?.name ?? String(v);
      case "choice":
      case "choices":
        return (Array.isArray(v) ? v : [v])
          .map((c) => named(field.values?.find((x) => x.code === c)?.label, language) || listed(form, field, c, language))
          .join("; ");
      case "years":
        return (v as string[]).map((x, i) => `${t("form.year", { n: i + 1 })}: ${x || "–"}`).join("; ");
      case "quarters":
        return (v as number[]).join(", ");
      case "money":
        return `${(v as { amount: string }).amount} ${(v as { currency: string }).currency}`;
      default:
        return String(v);
    }
  };
  if (compared && !same(was, value)) return <Diff from={words(was)} to={words(value)} lang={lang} />;
  if (value === undefined) return <p className={styles.quiet}>{t("reading.nothing")}</p>;
  if (field.kind === "money")
    return <Amount value={(value as { amount: string }).amount} currency={(value as { currency: string }).currency} />;
  return (
    <p className={styles.prose} dir="auto" lang={field.kind === "text" || field.kind === "long" ? lang : undefined}>
      {words(value)}
    </p>
  );
}

const listed = (form: ProposalForm, field: FormField, code: unknown, language: string) => {
  const found = form.lists[field.list ?? ""]?.find((r) => r.code === code);
  return found ? `${found.code}. ${named(found.label, language)}` : String(code);
};
