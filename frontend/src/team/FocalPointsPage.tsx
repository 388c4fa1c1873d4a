import { lazy, Suspense, useState } from "react";
import { Link } from "wouter";
import { useNames } from "../api/organisations";
import office from "../money-office/Office.module.css";
import { today, useMay, useRead } from "../money-office/office";
import { fund } from "../shell/fund";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { DateTime, Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { Choice } from "../ui/Field/Field";
import { useWords } from "../words/i18n";
import { type FocalPoint, useNotes } from "./data";
import styles from "./Team.module.css";

const NoteForm = lazy(async () => ({ default: (await import("./NoteForm")).NoteForm }));
const NoteItem = lazy(async () => ({ default: (await import("./NoteItem")).NoteItem }));

const shows = ["now", "past", "all"] as const;

/** Who endorses for which state, by which note, who checked it and until when; a new note names one, or replaces. */
export default function FocalPointsPage() {
  const { t } = useWords();
  const list = useRead<FocalPoint[]>("/focal-points");
  const notes = useNotes();
  const { name } = useNames();
  const may = useMay("membership.accredit");
  const checks = useMay("accreditation.check");
  const [replaces, setReplaces] = useState<FocalPoint>();
  const [recorded, setRecorded] = useState(0);
  const [state, setState] = useState("");
  const [show, setShow] = useState<(typeof shows)[number]>("now");
  const failed = list.error ?? notes.error;
  if (failed) return <Trouble error={failed} again={() => void list.refetch()} />;
  if (!list.data || !notes.data) return <Waiting />;
  const now = (f: FocalPoint) => !f.until || f.until >= today();
  const rows = list.data.filter((f) => (!state || f.state === state) && (show === "all" || now(f) === (show === "now")));
  const states = [...new Map(list.data.map((f) => [f.state, name(f.code)])).entries()].sort((a, b) => a[1].localeCompare(b[1]));
  return (
    <>
      <PageHead title={t("focal.title")} lead={t("focal.lead")} />
      <div className={office.stack}>
        <div className={styles.filters}>
          <Choice id="of-state" label={t("focal.state")} value={state} onChange={(e) => setState(e.target.value)}>
            <option value="">{t("focal.any-state")}</option>
            {states.map(([id, text]) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </Choice>
          <Choice id="show" label={t("focal.show")} value={show} onChange={(e) => setShow(e.target.value as typeof show)}>
            {shows.map((s) => (
              <option key={s} value={s}>
                {t(`focal.show.${s}`)}
              </option>
            ))}
          </Choice>
        </div>
        <DataTable
          caption={t("focal.title")}
          captionUnseen
          rows={rows}
          id={(f) => f.id}
          start={{ key: "state", down: false }}
          empty={t(list.data.length === 0 ? "focal.none" : "focal.none-such")}
          columns={[
            {
              key: "name",
              head: t("focal.name"),
              heads: true,
              by: (f) => f.name,
              cell: (f) => (
                <>
                  <bdi>{f.name}</bdi>
                  <br />
                  <small>
                    <bdi>{f.email}</bdi>
                  </small>
                </>
              ),
            },
            {
              key: "state",
              head: t("focal.state"),
              by: (f) => name(f.code),
              cell: (f) => <bdi lang="">{name(f.code)}</bdi>,
            },
            { key: "from", head: t("focal.from"), by: (f) => f.from, cell: (f) => <Day value={f.from} short /> },
            {
              key: "until",
              head: t("focal.until"),
              by: (f) => f.until ?? "9999",
              cell: (f) => (f.until ? <Day value={f.until} short /> : t("focal.open-end")),
            },
            { key: "note", head: t("focal.reference"), cell: (f) => <Reference f={f} /> },
            { key: "check", head: t("focal.checked"), cell: (f) => <Checked f={f} /> },
            {
              key: "act",
              head: <span className="unseen">{t("focal.replace")}</span>,
              cell: (f) =>
                may &&
                now(f) && (
                  <Button tone="quiet" onClick={() => setReplaces(f)}>
                    {t("focal.replace")}
                    <span className="unseen"> {f.name}</span>
                  </Button>
                ),
            },
          ]}
        />
        {notes.data.length > 0 && (
          <section className={styles.stack} aria-labelledby="notes">
            <h2 id="notes">{t("focal.notes")}</h2>
            {checks && (
              <p>
                <Link href="/papers">{t("papers.title")}</Link>
              </p>
            )}
            <ul className={styles.list}>
              <Suspense>
                {notes.data.map((x) => (
                  <NoteItem key={x.id} x={x} mine={may} />
                ))}
              </Suspense>
            </ul>
          </section>
        )}
        {may && (
          <Suspense fallback={<Waiting />}>
            <NoteForm
              key={`${replaces?.id} ${recorded}`}
              replaces={replaces}
              onDone={() => {
                setReplaces(undefined);
                setRecorded(recorded + 1);
              }}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}

function Reference({ f }: { f: FocalPoint }) {
  const { t } = useWords();
  return (
    <>
      <bdi dir="auto" lang="">
        {f.reference || f.note || "–"}
      </bdi>
      {f.scan?.arrived && (
        <>
          <br />
          <a href={`/api/v1/attachments/${f.scan.id}/content`} download>
            {t("paper.scan")}
            <span className="unseen"> {f.reference}</span>
          </a>
        </>
      )}
    </>
  );
}

function Checked({ f }: { f: FocalPoint }) {
  const { t } = useWords();
  if (!f.check) return <>{f.reference ? t("focal.not-checked") : "–"}</>;
  return (
    <>
      <bdi lang="">{f.check.by}</bdi>
      <br />
      <small>
        <DateTime value={f.check.at} zone={fund.zone} />
      </small>
    </>
  );
}
