import { lazy, Suspense } from "react";
import { Link, useSearch } from "wouter";
import { useRead } from "../api/read";
import styles from "../decision/decision.module.css";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { Day, Moment } from "../time/DateTime";
import { DataTable } from "../ui/DataTable/DataTable";
import { Tag } from "../ui/Tag/Tag";
import { useWords } from "../words/i18n";
import { Committee } from "./Committee";
import { type Review, tones } from "./data";

const Comments = lazy(() => import("./Comments"));

/** How the body worked in a year: the figures, the Executive Committee's list, and what the members say of it. */
export default function ReviewPage({ params }: { params: { year: string } }) {
  const { t, language } = useWords();
  const version = new URLSearchParams(useSearch()).get("version") ?? "0";
  const path = `/body/reviews/${encodeURIComponent(params.year)}`;
  const review = useRead<Review>(path, { version });
  const r = review.data;
  if (review.error) return <Trouble error={review.error} again={() => void review.refetch()} />;
  if (!r) return <Waiting />;
  const file = (what: string, format: string) => `/api/v1${path}/${what}?${new URLSearchParams({ format, language, version })}`;
  return (
    <>
      <PageHead
        title={t("yearly.title", { year: String(r.year) })}
        lead={t("yearly.review-lead")}
        crumbs={<Link href="/reviews">{t("yearly.reviews")}</Link>}
        actions={<Tag tone={tones[r.state]}>{t(`yearly.state.${r.state}`)}</Tag>}
      />
      <div className={styles.stack}>
        <Standing of={r} />
        <p className={styles.acts}>
          {["html", "pdf", "docx"].map((format) => (
            <a key={format} href={file("document", format)}>
              {t(`yearly.file-${format}`)}
            </a>
          ))}
          {["csv", "xlsx"].map((format) => (
            <a key={format} href={`/api/v1${path}/export?${new URLSearchParams({ format, version })}`}>
              {t(`yearly.file-${format}`)}
            </a>
          ))}
        </p>
        <Suspense>
          <Comments of={r} path={path} />
        </Suspense>
        {r.abridged && <p className={styles.note}>{t("yearly.abridged")}</p>}
        {r.tables.map((table) => (
          <DataTable
            key={table.part}
            caption={table.title}
            rows={table.rows}
            id={(row) => row[0] ?? ""}
            empty={t("yearly.nothing")}
            columns={table.head.map((head, n) => ({
              key: String(n),
              head,
              heads: n === 0,
              kind: n === 0 ? "text" : "number",
              cell: (row: string[]) => <bdi>{row[n]}</bdi>,
            }))}
          />
        ))}
        <Committee of={r} file={(format) => file("committee", format)} />
      </div>
    </>
  );
}

/** What is shown: as it stands, or a version that was closed, and the others there are. */
function Standing({ of: r }: { of: Review }) {
  const { t } = useWords();
  return (
    <dl className={styles.facts}>
      <dt>{t("yearly.as-of")}</dt>
      <dd>
        <Day value={r.as_of} />
      </dd>
      {r.record_sha256 && (
        <>
          <dt>{t("yearly.hash")}</dt>
          <dd>
            <bdi dir="ltr" className={styles.text}>
              {r.record_sha256}
            </bdi>
          </dd>
        </>
      )}
      {r.versions.some((v) => v.closed_at) && (
        <>
          <dt>{t("yearly.versions")}</dt>
          <dd>
            {r.versions.map(
              (v) =>
                v.closed_at && (
                  <p key={v.n}>
                    <Link href={`/reviews/${r.year}?version=${v.n}`} aria-current={v.n === r.version ? "true" : undefined}>
                      {t("yearly.version", { n: String(v.n) })}
                    </Link>
                    , <Moment value={v.closed_at} zone={fund.zone} hour />
                  </p>
                ),
            )}
          </dd>
        </>
      )}
    </dl>
  );
}
