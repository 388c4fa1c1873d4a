import { lazy, type ReactNode, Suspense } from "react";
import type { Compared } from "../changes/Rest";
import { Amount } from "../money/Amount";
import { minor, sum } from "../money/money";
import { Diff } from "../ui/Diff/Diff";
import { isLanguage, languages, useWords } from "../words/i18n";
import { AnswersSaid } from "./answers/Said";
import { type Called, inFull } from "./names";
import styles from "./Proposal.module.css";
import { type Content, named, type ProposalForm, type Rules } from "./proposal";

const Rest = lazy(() => import("../changes/Rest"));

export type ReadingProps = {
  content: Content;
  /** What it said before: what changed is struck out and underlined. */
  before?: Content;
  /** Which two these are, where both are of one proposal. */
  compared?: Compared | undefined;
  rules: Rules | undefined;
  /** On which it was written. */
  form: ProposalForm | undefined;
  organisations: (Called & { id: string; code: string })[];
};

/** All that a proposal says, to be read, compared and printed. */
export function Reading({ content: c, before, compared, rules, form, organisations }: ReadingProps) {
  const { t, language } = useWords();
  const org = (id: string | null) => organisations.find((o) => o.id === id);
  const area = (key: string) => named(rules?.areas.find((a) => a.key === key)?.name, language) || key;
  const objectives = (list: number[]) => list.map((n) => `${n}. ${t(`objective.${n}`)}`).join("; ");
  const words = (now: string, was: string | undefined, written: boolean) =>
    was !== undefined && was !== now ? (
      <Diff from={was} to={now} lang={written ? c.language : undefined} />
    ) : now ? (
      <p className={styles.prose} lang={written ? c.language : undefined} dir="auto">
        {now}
      </p>
    ) : (
      <p className={styles.quiet}>{t("reading.nothing")}</p>
    );
  const step = (content: Content | undefined, key: string) => {
    const code = content?.markers[key]?.code;
    const found = rules?.markers.find((m) => m.key === key)?.steps.find((s) => s.code === code);
    return found ? `${found.code}: ${named(found.name, language)}` : (code ?? "");
  };
  const keys = rules?.markers.map((m) => m.key) ?? Object.keys(c.markers);
  return (
    <div className={`${styles.sheet} ${styles.reading}`}>
      <Part head={t("field.title")}>{words(c.title, before?.title, true)}</Part>
      <Part head={t("field.summary")}>{words(c.summary, before?.summary, true)}</Part>
      <Part head={t("field.language")}>{words(tongue(c.language), before && tongue(before.language), false)}</Part>
      <Part head={t("field.state")}>{words(org(c.state)?.name ?? "", before && (org(before.state)?.name ?? ""), false)}</Part>
      <Part head={t("field.area")}>{words(area(c.area), before && area(before.area), false)}</Part>
      <Part head={t("field.objectives")}>{words(objectives(c.objectives), before && objectives(before.objectives), false)}</Part>
      {keys.map((key) => (
        <Part key={key} head={named(rules?.markers.find((m) => m.key === key)?.name, language) || key}>
          {words(step(c, key), before && step(before, key), false)}
          {(c.markers[key]?.reason || before?.markers[key]?.reason) &&
            words(c.markers[key]?.reason ?? "", before && (before.markers[key]?.reason ?? ""), true)}
        </Part>
      ))}
      <Part head={t("field.shares")}>
        <SharesTable
          content={c}
          before={before}
          org={(id) => {
            const o = org(id);
            return o ? inFull(o, language) : t("reading.nothing");
          }}
        />
      </Part>
      {rules && (
        <Suspense>
          <Rest content={c} before={before} compared={compared} rules={rules} organisations={organisations} />
        </Suspense>
      )}
      {form && <AnswersSaid form={form} content={c} before={before} organisations={organisations} />}
    </div>
  );
}

const tongue = (code: string) => (isLanguage(code) ? languages[code] : code);

function Part({ head, children }: { head: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2 className={styles.head}>{head}</h2>
      <div>{children}</div>
    </section>
  );
}

/** What each organisation asks, what it asked before, and the sum. */
function SharesTable({ content, before, org }: { content: Content; before?: Content; org: (id: string | null) => string }) {
  const { t } = useWords();
  const currency = content.shares.find((s) => s.amount)?.amount?.currency ?? "USD";
  const of = (c: Content | undefined, id: string | null) => c?.shares.find((s) => s.organisation === id)?.amount?.amount;
  const gone = before?.shares.filter((s) => !content.shares.some((x) => x.organisation === s.organisation)) ?? [];
  const rows = [
    ...content.shares.map((s) => ({ id: s.organisation, amount: s.amount?.amount })),
    ...gone.map((s) => ({ id: s.organisation, amount: undefined })),
  ];
  const total = (c: Content) => sum(c.shares.flatMap((s) => (s.amount ? [s.amount.amount] : [])));
  const cell = (now: string | undefined, was: string | undefined) => (
    <>
      {before && was !== undefined && (now === undefined || minor(now) !== minor(was)) && (
        <>
          <del>
            <span className="unseen">{t("diff.gone")} </span>
            <Amount value={was} />
          </del>{" "}
        </>
      )}
      {now === undefined ? t("reading.no-amount") : <Amount value={now} />}
    </>
  );
  if (rows.length === 0) return <p className={styles.quiet}>{t("reading.nothing")}</p>;
  return (
    <table className={styles.shares}>
      <caption className="unseen">{t("field.shares")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("money.organisation")}</th>
          <th scope="col" className={styles.amount}>
            {t("money.amount", { currency })}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r, i) => (
          <tr key={i}>
            <th scope="row">
              <bdi>{org(r.id)}</bdi>
            </th>
            <td className={styles.amount}>{cell(r.amount, of(before, r.id))}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t("money.total")}</th>
          <td className={styles.amount}>{cell(total(content), before && total(before))}</td>
        </tr>
      </tfoot>
    </table>
  );
}
