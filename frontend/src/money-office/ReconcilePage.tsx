import { useInfiniteQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link, useParams } from "wouter";
import { PageHead } from "../shell/PageHead";
import { Trouble, Waiting } from "../shell/Trouble";
import { formatDay } from "../time/dates";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import { Chosen } from "./Chosen";
import { LedgerSide } from "./LedgerSide";
import { LineSide } from "./LineSide";
import office from "./Office.module.css";
import { part, type Schemas, useAct, useMay, useRead } from "./office";
import { ButtonLink, Sum } from "./parts";
import styles from "./Reconcile.module.css";
import type { Asked } from "./ReconcileDialogs";
import { less } from "./reckon";
import { type Line, lettered, type Movement, remaining, shows, standing, sure, todoFirst, type View, views } from "./reconcile";
import { useRowFocus } from "./useRowFocus";

// Asked for seldom, so brought then.
const ReconcileDialogs = lazy(() => import("./ReconcileDialogs"));

/**
 * The bank's lines to one side, the books to the other, and what lies between them always in sight; of one statement
 * where it is named.
 */
export default function ReconcilePage() {
  const statement = useParams<{ id?: string }>().id;
  const { t, language } = useWords();
  const toast = useToast();
  const may = { make: useMay("match.make"), run: useMay("match.run"), import: useMay("bank.import") };
  const counts = useRead<Schemas["Standing"][]>("/reconciliation/counts", statement ? { statement } : {});
  const one = useRead<Schemas["BankStatement"]>(`/bank-statements/${statement}`, {}, statement !== undefined);
  const proof = useRead<Schemas["Proof"]>("/proof");
  const open = useRead<Movement[]>("/bank-movements");
  const count = useMemo(() => Object.fromEntries((counts.data ?? []).map((c) => [c.state, c.count])), [counts.data]);
  const of = (view: View) => shows[view].reduce((n, state) => n + (count[state] ?? 0), 0);
  const all = of("all");
  // Where all of it is one page, all is shown; where it is not, what is left to do.
  const [picked, setPicked] = useState<View>();
  const view = picked ?? (all > 200 ? "unmatched" : "all");
  const state = view === "all" || view === "aside" ? undefined : view;
  const pages = useInfiniteQuery({
    queryKey: ["reconciliation", state ?? "", statement ?? ""],
    enabled: counts.data !== undefined,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => part<Line>("/reconciliation", { state, statement, after: pageParam, limit: 200 }),
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
  const lines = useMemo(() => {
    const list = pages.data?.pages.flatMap((p) => p.items) ?? [];
    const shown = view === "aside" ? list.filter((l) => shows.aside.includes(l.state)) : list;
    // Where all is here, what is left to do stands first and what is done last, the newest of it before the rest.
    return pages.hasNextPage ? shown : [...shown].sort(todoFirst);
  }, [pages.data, pages.hasNextPage, view]);
  const movements = useMemo(() => {
    const matched = view === "all" || view === "matched" ? lines.flatMap((l) => l.movements) : [];
    const seen = new Map((view === "matched" ? [] : (open.data ?? [])).map((m) => [m.posting, m]));
    for (const m of matched) seen.set(m.posting, m);
    const waits = new Set((open.data ?? []).map((m) => m.posting));
    return [...seen.values()].sort(
      (a, b) =>
        Number(waits.has(b.posting)) - Number(waits.has(a.posting)) ||
        (waits.has(a.posting) ? 1 : -1) * (a.value_on.localeCompare(b.value_on) || a.posting - b.posting),
    );
  }, [open.data, lines, view]);
  const letters = useMemo(() => lettered(lines), [lines]);
  const accepted = useMemo(() => sure(lines), [lines]);
  const isOpen = useMemo(() => new Set((open.data ?? []).map((m) => m.posting)), [open.data]);

  const [chosenLines, setLines] = useState<ReadonlyMap<string, Line>>(new Map());
  const [chosenMovements, setMovements] = useState<ReadonlyMap<number, Movement>>(new Map());
  // What was matched meanwhile, by a line's own button or by another person, is chosen no more.
  const lineChoice = useMemo(() => standing(chosenLines, lines), [chosenLines, lines]);
  const movementChoice = useMemo(() => new Map([...chosenMovements].filter(([posting]) => isOpen.has(posting))), [chosenMovements, isOpen]);
  const rows = useRowFocus(lines);
  const chooseLine = useCallback((l: Line) => setLines((now) => turned(now, l.id, l)), []);
  const chooseMovement = useCallback((m: Movement) => setMovements((now) => turned(now, m.posting, m)), []);
  const forget = useCallback(() => {
    setLines(new Map());
    setMovements(new Map());
  }, []);
  const matching = useRef<() => void>(() => {});
  const [dialog, setDialog] = useState<Asked>();
  const [more, setMore] = useState(false);
  const act = useAct();

  function keys(e: KeyboardEvent) {
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector("dialog[open]")) return;
    const at = e.target as HTMLElement;
    if (at.closest("textarea, select") || (at instanceof HTMLInputElement && at.type !== "checkbox")) return;
    if (e.key === "?") setDialog("keys");
    else if (e.key === "m") matching.current();
    else if (e.key === "j" || e.key === "k") step(at, e.key === "j" ? 1 : -1);
    else if (e.key === "l" || e.key === "h") across(at);
    else return;
    e.preventDefault();
  }

  // They work wherever the focus is on this page: one need not find the table first.
  const pressed = useRef(keys);
  pressed.current = keys;
  useEffect(() => {
    const hear = (e: KeyboardEvent) => pressed.current(e);
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);

  const error = counts.error ?? pages.error ?? open.error ?? one.error;
  if (error)
    return (
      <Trouble
        error={error}
        again={() => {
          void counts.refetch();
          void pages.refetch();
          void open.refetch();
        }}
      />
    );
  if (!counts.data || !pages.data || !open.data || (statement && !one.data)) return <Waiting />;
  const p = proof.data;
  const currency = p?.statement_balance.currency ?? lines[0]?.amount.currency ?? "USD";
  const between = p && less(p.statement_balance.amount, p.ledger_balance.amount, currency);
  const done = of("matched") + (count.suspense ?? 0);
  const left = remaining(p, open.data, one.data?.ref);
  return (
    <div className={styles.page}>
      <PageHead
        title={one.data ? t("reconcile.statement", { statement: one.data.ref }) : t("office.reconcile")}
        crumbs={one.data && <Link href="/reconcile">{t("office.reconcile")}</Link>}
        lead={
          one.data
            ? t("reconcile.statement-lead", {
                from: formatDay(one.data.from, language),
                to: formatDay(one.data.to, language),
                count: all,
              })
            : p &&
              t("reconcile.reconcile-lead", {
                account: p.account.number,
                statement: p.statement.ref,
                day: formatDay(p.statement.to, language),
                count: all,
              })
        }
        actions={
          <>
            {/* On a phone the lines come first: what is asked for seldom opens from one button. */}
            <Button className={styles.moreActs} aria-expanded={more} onClick={() => setMore(!more)}>
              {t("reconcile.more")}
            </Button>
            <div className={styles.seldom}>
              <Button onClick={() => setDialog("keys")}>{t("reconcile.keys")}</Button>
              {may.import && <Button onClick={() => setDialog("import")}>{t("reconcile.import")}</Button>}
              {may.run && all > 0 && (
                <Button
                  busy={act.busy}
                  onClick={async () => {
                    const found = await act.run<Schemas["ImportedStatements"]>("/matching");
                    if (found) toast(t("reconcile.matching-done", { count: found.matched }));
                  }}
                >
                  {t("reconcile.matching")}
                </Button>
              )}
              <ButtonLink href="/proof">{t("reconcile.proof-short")}</ButtonLink>
            </div>
            {may.make && accepted.length > 0 && (
              <Button tone="main" onClick={() => setDialog("accept")}>
                {t("reconcile.accept-all", { count: accepted.length })}
              </Button>
            )}
          </>
        }
      />
      <ErrorSummary problem={act.problem} />
      {p && between && (
        <dl className={styles.balances} aria-live="polite">
          {one.data && (
            <>
              <div>
                <dt>{t("reconcile.opening")}</dt>
                <dd>
                  <Sum of={one.data.opening} />
                </dd>
              </div>
              <div>
                <dt>{t("reconcile.closing")}</dt>
                <dd>
                  <Sum of={one.data.closing} />
                </dd>
              </div>
            </>
          )}
          <div>
            <dt>{t("office.at-bank")}</dt>
            <dd>
              <Sum of={p.statement_balance} />
            </dd>
          </div>
          <div>
            <dt>{t("office.in-books")}</dt>
            <dd>
              <Sum of={p.ledger_balance} />
            </dd>
          </div>
          <div>
            <dt>{t("reconcile.difference")}</dt>
            <dd>
              <Sum of={{ amount: between, currency }} />
            </dd>
          </div>
          <div className={left.lines.count === 0 ? styles.even : styles.uneven}>
            <dt>{t("reconcile.left", { count: left.lines.count })}</dt>
            <dd>
              <Sum of={{ amount: left.lines.sum, currency }} />
            </dd>
          </div>
          {left.aside.count > 0 && (
            <div>
              <dt>{t("reconcile.left-aside", { count: left.aside.count })}</dt>
              <dd>
                <Sum of={{ amount: left.aside.sum, currency }} />
              </dd>
            </div>
          )}
          <div className={left.books.count === 0 ? styles.even : styles.uneven}>
            <dt>{t("reconcile.left-books", { count: left.books.count })}</dt>
            <dd>
              <Sum of={{ amount: left.books.sum, currency }} />
            </dd>
          </div>
          <div>
            <dt>{t("reconcile.matched-of", { done, count: all })}</dt>
            <dd>
              <progress
                className={styles.progress}
                max={Math.max(all, 1)}
                value={done}
                aria-label={t("reconcile.matched-of", { done, count: all })}
              />
            </dd>
          </div>
        </dl>
      )}
      {all === 0 && open.data.length === 0 ? (
        <div className={office.panel}>
          <h2>{t("reconcile.reconcile-empty")}</h2>
          <p>{t("reconcile.reconcile-empty-lead")}</p>
        </div>
      ) : (
        <>
          <fieldset className={styles.filter}>
            <legend className="unseen">{t("reconcile.show")}</legend>
            <span aria-hidden="true" className={styles.filterName}>
              {t("reconcile.show")}
            </span>
            {views.map((v) => (
              <label key={v} className={`${styles.choice} ${v === view ? styles.chosen : ""}`}>
                <input
                  type="radio"
                  className="unseen"
                  name="view"
                  checked={v === view}
                  onChange={() => {
                    setPicked(v);
                    forget();
                  }}
                />
                {t(`reconcile.view.${v}`)} <span>{of(v)}</span>
              </label>
            ))}
          </fieldset>
          <div className={styles.sides} data-sides {...rows}>
            <LineSide
              lines={lines}
              letters={letters}
              chosen={lineChoice}
              onChoose={chooseLine}
              currency={currency}
              more={pages.hasNextPage ? () => void pages.fetchNextPage() : undefined}
              busy={pages.isFetchingNextPage}
            />
            <LedgerSide
              movements={movements}
              letters={letters}
              open={isOpen}
              may={may.make}
              chosen={movementChoice}
              onChoose={chooseMovement}
              currency={currency}
            />
          </div>
          {may.make && (
            <Chosen
              lines={lineChoice}
              movements={movementChoice}
              currency={currency}
              left={left.lines}
              onDone={forget}
              register={matching}
            />
          )}
        </>
      )}
      {dialog && (
        <Suspense>
          <ReconcileDialogs asked={dialog} lines={accepted} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </div>
  );
}

function turned<K, V>(now: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  const next = new Map(now);
  if (!next.delete(key)) next.set(key, value);
  return next;
}

/** The box below or above in its own table; from elsewhere, the first one. */
function step(at: HTMLElement, by: 1 | -1) {
  const side = at.closest("[data-side]") ?? document.querySelector("[data-side]");
  const boxes = [...(side?.querySelectorAll<HTMLInputElement>("input[type=checkbox][data-row]:not(:disabled)") ?? [])];
  const here = boxes.indexOf(at as HTMLInputElement);
  const next = here < 0 ? boxes[0] : boxes[Math.min(boxes.length - 1, Math.max(0, here + by))];
  next?.focus();
  next?.closest("tr")?.scrollIntoView({ block: "nearest" });
}

/** To the other table. */
function across(at: HTMLElement) {
  const sides = [...document.querySelectorAll<HTMLElement>("[data-side]")];
  const here = at.closest<HTMLElement>("[data-side]");
  const other = sides.find((s) => s !== here);
  other?.querySelector<HTMLInputElement>("input[type=checkbox][data-row]:not(:disabled)")?.focus();
}
