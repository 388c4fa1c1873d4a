import { type ReactNode, useEffect, useMemo, useState } from "react";
import type { Problem } from "../api/problem";
import { type Land, map } from "../chart/map";
import { sankey } from "../chart/sankey";
import { seats } from "../chart/seats";
import { steps } from "../chart/steps";
import { Conflict } from "../draft/Conflict";
import { SavingLine } from "../draft/SavingLine";
import { Amount } from "../money/Amount";
import { MoneyField } from "../money/MoneyField";
import { formatAmount } from "../money/money";
import { PageHead } from "../shell/PageHead";
import { DateTime, Day, Deadline } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { Chart } from "../ui/Chart/Chart";
import { ChoiceTable } from "../ui/DataTable/ChoiceTable";
import { type Column, DataTable } from "../ui/DataTable/DataTable";
import { Dialog } from "../ui/Dialog/Dialog";
import { Diff } from "../ui/Diff/Diff";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Choice, Field, Radios, TextField } from "../ui/Field/Field";
import { FileUpload } from "../ui/FileUpload/FileUpload";
import { Steps } from "../ui/Steps/Steps";
import { Tag } from "../ui/Tag/Tag";
import { TaskList } from "../ui/TaskList/TaskList";
import { useToast } from "../ui/Toast/Toast";
import { directionOf, useWords } from "../words/i18n";
import styles from "./Gallery.module.css";
import { flows, type Line, lines, nodes, places, sums, terms, words } from "./samples";

const problem: Problem = {
  type: "/problems/bad-amount",
  code: "bad-amount",
  status: 422,
  title: "An amount is needed",
  errors: [
    { code: "bad-amount", title: "An amount is needed", detail: "Enter an amount in USD, such as 18,500.00.", field: "/travel" },
    { code: "too-long", title: "The title is too long: at most 120 characters.", field: "/title" },
  ],
};

/** Every component in every state: for the eye, and for the browser tests. Not part of the program. */
export default function Gallery() {
  const { t, language } = useWords();
  const w = words[language] ?? words.en!;
  const toast = useToast();
  const [open, setOpen] = useState<"dialog" | "conflict" | null>(null);
  const [amount, setAmount] = useState<string | null>("412500.00");
  const [bad, setBad] = useState<string | null>("");
  const [position, setPosition] = useState<"silent" | "join" | "break">("silent");
  const [chosen, setChosen] = useState(new Set(["5"]));
  const [refused, setRefused] = useState(false);
  const at = new Date("2026-11-21T10:42:00");

  const columns: Column<Line>[] = [
    { key: "day", head: w.date, cell: (l) => <Day value={l.day} short />, by: (l) => l.day },
    { key: "name", head: w.description, cell: (l) => <bdi lang="en">{l.name}</bdi>, by: (l) => l.name, heads: true },
    { key: "amount", head: w.amount, cell: (l) => <Amount value={l.amount} />, by: (l) => l.amount, kind: "amount" },
    {
      key: "match",
      head: w.match,
      cell: (l) =>
        l.state === "matched" ? (
          <Tag tone="good" letter={l.letter ?? ""}>
            {w.matched}
          </Tag>
        ) : l.state === "suggested" ? (
          <Tag tone="link" letter={l.letter ?? ""} suggested>
            {w.suggested}
          </Tag>
        ) : (
          <Tag tone="warn">{w.unmatched}</Tag>
        ),
    },
  ];

  return (
    <>
      <PageHead
        crumbs={w.crumbs}
        title={w.title}
        lead={w.lead}
        actions={
          <>
            <Button onClick={() => setOpen("dialog")}>{w.dialog}</Button>
            <Button onClick={() => setOpen("conflict")}>{w.conflict}</Button>
            <Button onClick={() => toast(w.saved)}>{w.toast}</Button>
          </>
        }
      />
      <div className={styles.page}>
        <Part title="Button">
          <div className={styles.row}>
            <Button tone="main">{w.submit}</Button>
            <Button>{w.save}</Button>
            <Button tone="danger">{w.withdraw}</Button>
            <Button tone="quiet">{w.cancel}</Button>
            <Button disabled>{w.submit}</Button>
            <Button tone="main" busy>
              {w.submit}
            </Button>
          </div>
        </Part>
        <Part title="Tag">
          <div className={styles.row}>
            <Tag>{w.silent}</Tag>
            <Tag tone="good">{w.joined}</Tag>
            <Tag tone="warn">{w.unmatched}</Tag>
            <Tag tone="bad">{w.refused}</Tag>
            <Tag tone="link">{w.open}</Tag>
            <Tag tone="good" letter="A">
              {w.matched}
            </Tag>
            <Tag tone="link" letter="E" suggested>
              {w.suggested}
            </Tag>
          </div>
        </Part>
        <Part title="ErrorSummary, Field, MoneyField">
          <div className={styles.row}>
            <Button onClick={() => setRefused((r) => !r)}>{w.refuse}</Button>
          </div>
          <ErrorSummary problem={refused ? problem : null} names={{ travel: w.travel }} />
          <div className={styles.form}>
            <Field id="name" label={w.nameOf} hint={w.nameHint} defaultValue="Skills partnership for the Lake region" />
            <Field id="title" label={w.heading} error={w.tooLong} defaultValue="" />
            <Field id="phone" label={w.phone} optional disabled />
            <TextField id="summary" label={w.summary} hint={w.summaryHint} rows={3} />
            <Choice id="area" label={w.area} defaultValue="2">
              <option value="1">{w.area1}</option>
              <option value="2">{w.area2}</option>
            </Choice>
            <MoneyField id="staff" label={w.staff} currency="USD" value={amount} onChange={setAmount} />
            <MoneyField
              id="travel"
              label={w.travel}
              currency="USD"
              value={bad}
              onChange={setBad}
              error={t("money.fault.not-an-amount", { currency: "USD", example: formatAmount("18500.00", language) })}
            />
            <Radios
              id="position"
              label={w.position}
              value={position}
              onChange={setPosition}
              options={[
                { value: "silent", label: w.staySilent, hint: w.staySilentHint },
                { value: "join", label: w.join, hint: w.joinHint },
                { value: "break", label: w.breakIt, hint: w.breakHint },
              ]}
            />
            <FileUpload
              id="documents"
              label={w.documents}
              largest={20 * 1024 * 1024}
              multiple
              send={async (file, progress) => {
                progress(file.size / 2);
                await new Promise((done) => setTimeout(done, 400));
              }}
            />
          </div>
        </Part>
        <Part title="SavingLine">
          <SavingLine saving={{ state: "unchanged" }} />
          <SavingLine saving={{ state: "typing" }} />
          <SavingLine saving={{ state: "sent", at }} />
          <SavingLine saving={{ state: "kept", at }} />
          <SavingLine saving={{ state: "refused", at, problem }} />
          <SavingLine saving={{ state: "unsafe" }} />
        </Part>
        <Part title="Deadline, DateTime, Amount">
          <Deadline
            label={w.silenceUntil}
            value="2026-11-26T17:00:00Z"
            zone="Europe/Zurich"
            mine="Africa/Nairobi"
            now={new Date("2026-11-21T19:00:00Z")}
          />
          <Deadline
            label={w.silenceUntil}
            value="2026-11-20T17:00:00Z"
            zone="Europe/Zurich"
            mine="Africa/Nairobi"
            now={new Date("2026-11-21T19:00:00Z")}
          />
          <p>
            <DateTime value="2026-10-01T16:30:00Z" zone="America/New_York" /> · <Amount value="-1302118.40" currency="USD" strong /> ·{" "}
            <Amount value="9007199254740993.15" />
          </p>
        </Part>
        <Part title="TaskList, Steps">
          <div className={styles.pair}>
            <Steps
              label={w.steps}
              here="/components/3"
              steps={[
                { name: w.focal, href: "/components/1", state: "done" },
                { name: w.summary, href: "/components/2", state: "done" },
                { name: w.budget, href: "/components/3", state: "in-progress" },
                { name: w.endorsement, href: "/components/4", state: "not-started" },
                { name: w.submit, href: "/components/5", state: "cannot-start" },
              ]}
            />
            <TaskList
              label={w.tasks}
              tasks={[
                { name: w.summary, href: "/components/2", state: "done" },
                { name: w.budget, href: "/components/3", state: "in-progress", note: w.budgetNote },
                { name: w.endorsement, href: "/components/4", state: "not-started" },
                { name: w.submit, href: "/components/5", state: "cannot-start", note: w.submitNote },
              ]}
            />
          </div>
        </Part>
        <Part title="DataTable, ChoiceTable">
          <DataTable
            caption={w.statement}
            columns={columns}
            rows={lines}
            id={(l) => l.id}
            start={{ key: "day", down: false }}
            tone={(l) => (l.id === "5" ? "chosen" : undefined)}
          />
          <DataTable caption={w.ledger} columns={columns} rows={[]} id={(l) => l.id} />
          <ChoiceTable
            label={w.statement}
            columns={columns}
            rows={lines}
            id={(l) => l.id}
            chosen={chosen}
            onChoose={setChosen}
            shut={(l) => l.state === "matched"}
          />
        </Part>
        <Part title="Diff">
          <Diff
            lang="en"
            from="The Steering Committee approves joint programme MIG-031 for 24 months, in the amount of USD 2,237,503.64."
            to="The Steering Committee approves joint programme MIG-031 for 18 months from 1 January 2027, in the amount of USD 1,900,000.00."
          />
        </Part>
        <Charts />
      </div>
      {open === "dialog" && (
        <Dialog
          title={w.release}
          onClose={() => setOpen(null)}
          actions={
            <>
              <Button onClick={() => setOpen(null)}>{w.cancel}</Button>
              <Button tone="main" onClick={() => setOpen(null)}>
                {w.releaseIt}
              </Button>
            </>
          }
        >
          <p>
            <Amount value="612450.00" currency="USD" strong /> · IOM · MIG-014
          </p>
        </Dialog>
      )}
      {open === "conflict" && (
        <Conflict
          mine={{ title: "Skills partnership for the Lake region", months: 24 }}
          theirs={{ title: "Skills partnership for the Great Lakes", months: 18 }}
          fields={[
            { key: "title", label: w.heading, text: (v) => v.title },
            { key: "months", label: w.months },
          ]}
          onSettle={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part}>
      <h2 lang="en" dir="ltr">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Charts() {
  const { t, language } = useWords();
  const w = words[language] ?? words.en!;
  const [land, setLand] = useState<Land | null>(null);
  useEffect(() => {
    void import("world-atlas/land-110m.json").then((m) => setLand(m.default as unknown as Land));
  }, []);
  const frame = useMemo(
    () => ({
      title: "",
      description: w.chartDescription,
      dir: directionOf(language) as "ltr" | "rtl",
      width: 960,
      amount: (v: string) => formatAmount(v, language),
    }),
    [language, w],
  );
  const half = { ...frame, width: 520 };
  const figures: Column<{ name: string; value: string }>[] = [
    { key: "name", head: w.description, cell: (r) => <bdi>{r.name}</bdi>, heads: true },
    { key: "value", head: w.amount, cell: (r) => <Amount value={r.value} />, kind: "amount" },
  ];
  const table = (title: string, rows: { name: string; value: string }[]) => (
    <DataTable caption={title} captionUnseen columns={figures} rows={rows} id={(r) => r.name + r.value} />
  );
  return (
    <>
      <Chart title={w.flow} svg={sankey({ ...frame, title: w.flow }, nodes, flows)}>
        {table(
          w.flow,
          nodes.map((n) => ({ name: n.label, value: n.value })),
        )}
      </Chart>
      <div className={styles.two}>
        <Chart title={w.programmes} svg={land ? map({ ...half, title: w.programmes }, land, places) : ""} note={t("map.disclaimer")}>
          {table(w.programmes, places)}
        </Chart>
        <Chart title={w.overTime} svg={steps({ ...half, title: w.overTime }, sums(w.contributions, w.transfers), "2026-11-21")}>
          {table(
            w.overTime,
            sums(w.contributions, w.transfers).flatMap((s) => s.points.map((p) => ({ name: `${s.label} ${p.day}`, value: p.value }))),
          )}
        </Chart>
      </div>
      <Chart title={w.seats} svg={seats({ ...frame, title: w.seats }, terms, "2026-11-21")}>
        <DataTable
          caption={w.seats}
          captionUnseen
          columns={[
            { key: "seat", head: w.seat, cell: (r) => r.seat, heads: true },
            { key: "holder", head: w.holder, cell: (r) => r.holder },
            { key: "from", head: w.date, cell: (r) => <Day value={r.from} /> },
          ]}
          rows={terms.flatMap((s) => s.terms.map((x) => ({ seat: s.name, holder: x.holder, from: x.from })))}
          id={(r) => r.seat + r.from}
        />
      </Chart>
    </>
  );
}
