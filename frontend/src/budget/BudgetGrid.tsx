import { useEffect, useMemo, useRef, useState } from "react";
import { Amount } from "../money/Amount";
import { amountFault } from "../money/MoneyField";
import { major, minor } from "../money/money";
import { ceilingOf } from "../proposal/ceiling";
import type { TaskForm } from "../proposal/forms";
import { byName, called, inBoth, inFull } from "../proposal/names";
import { type Content, named, type Organisation } from "../proposal/proposal";
import { Button } from "../ui/Button/Button";
import { useWords } from "../words/i18n";
import styles from "./Budget.module.css";
import {
  allNames,
  type PastedBlock,
  type Place,
  placeKey,
  put,
  readBlock,
  shared,
  shownShare,
  sumsOf,
  type Unread,
  yearsOf,
} from "./budget";
import { type CellActs, CellInput, type Step } from "./CellInput";
import { asTable, asText, copyTo, type Taken, within } from "./range";
import { useRange } from "./useRange";
import { useUnread } from "./useUnread";

const narrow = matchMedia("(max-width: 600px)");

/** The same functions for good, that do what the latest would: what is given them is drawn anew for its own sake alone. */
function useSteady(latest: CellActs): CellActs {
  const now = useRef(latest);
  now.current = latest;
  const get =
    (_: CellActs, act: string | symbol) =>
    (...given: never[]) =>
      (now.current[act as keyof CellActs] as (...given: never[]) => unknown)(...given);
  return useState(() => new Proxy(latest, { get }))[0];
}

/**
 * A budget: organisations across, lines down, a sheet a year and one of all. It works as a spreadsheet does by the
 * keyboard, takes a block or a file, and has the sums, the ceiling and what is left in sight.
 */
export function BudgetGrid({ p, value, change, errors, rules, call, organisations }: TaskForm) {
  const { t, language } = useWords();
  const own = rules.budget;
  const currency = rules.maximum_amount.currency;
  const years = Math.max(yearsOf(value.answers, own), ...value.budget.map((c) => c.year));
  const byId = useMemo(() => new Map(organisations.map((o) => [o.id, o])), [organisations]);
  const short = (id: string) => (byId.has(id) ? called(byId.get(id)!, language) : "–");
  const lineName = (key: string) => named(own.lines.find((l) => l.key === key)?.name, language) || key;
  const nameOf = (c: Place) => t("budget.cell", { line: lineName(c.line), year: c.year, organisation: short(c.organisation) });
  const who = value.shares.flatMap((s) => (s.organisation ? [s.organisation] : []));
  const [unread, setUnread] = useUnread(p.id);
  const [strange, setStrange] = useState<string[]>([]);
  const [said, setSaid] = useState("");
  const past = useRef<{ content: Content; unread: Unread }[]>([]);
  const box = useRef<HTMLElement>(null);
  const sums = sumsOf(value.budget, own);
  const keys = own.lines.map((l) => l.key);
  const { range, choose, stretch, mouse } = useRange();
  const at = new Map(value.budget.map((c, i) => [placeKey(c), { ...c, i }]));
  const idOf = (c: Place) => {
    const cell = at.get(placeKey(c));
    return cell ? `budget-${cell.i}-amount` : `cell-${placeKey(c).replaceAll(" ", "-")}`;
  };
  const errorOf = (c: Place) => {
    const i = at.get(placeKey(c))?.i;
    return i === undefined
      ? undefined
      : (errors[`budget-${i}-amount`] ?? errors[`budget-${i}`] ?? errors[`budget-${i}-year`] ?? errors[`budget-${i}-line`]);
  };
  // From a refusal one comes to a cell of whatever year.
  const [year, setYear] = useState(() => {
    const i = /^#budget-(\d+)/.exec(location.hash)?.[1];
    return (i && value.budget[Number(i)]?.year) || 1;
  });
  const wanted = useRef<string | null>(null);
  // A tablet that is turned, or a page zoomed, draws other cells: one stays in the cell one was in.
  const [small, turn] = useState(narrow.matches);
  useEffect(() => {
    const turned = () => {
      wanted.current = document.activeElement?.closest<HTMLElement>("[data-place]")?.dataset.place ?? null;
      turn(narrow.matches);
    };
    narrow.addEventListener("change", turned);
    return () => narrow.removeEventListener("change", turned);
  }, []);
  useEffect(() => {
    if (!wanted.current) return;
    box.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(wanted.current)}"] input`)?.focus();
    wanted.current = null;
  });
  const goTo = (c: Place) => {
    wanted.current = placeKey(c);
    setYear(c.year);
    setSaid((s) => `${s} `); // draws anew, so that the focus moves where the year is shown already
  };

  const remember = () => {
    past.current = [...past.current.slice(-49), { content: value, unread }];
  };
  const undo = () => {
    const last = past.current.pop();
    if (!last) return;
    change((c) => ({ ...c, budget: last.content.budget, shares: last.content.shares }));
    setUnread(last.unread);
    setSaid(t("budget.undone"));
  };
  const typed = (place: Place, amount: string | null, text?: string) => {
    change((c) => put(c, [{ ...place, amount }], own, currency));
    setUnread(({ [placeKey(place)]: _, ...rest }) => (text === undefined ? rest : { ...rest, [placeKey(place)]: text }));
  };
  /** Takes a block: the good cells into the draft, the others as they are written. */
  const take = (block: PastedBlock) => {
    remember();
    change((c) => put(c, [...block.changes, ...block.unread.map(({ typed: _, ...place }) => ({ ...place, amount: null }))], own, currency));
    setUnread((now) => {
      const next = { ...now };
      for (const c of block.changes) delete next[placeKey(c)];
      for (const { typed: text, ...place } of block.unread) next[placeKey(place)] = text;
      return next;
    });
    setStrange(block.strange);
    setSaid(t("budget.taken", { count: block.changes.length, bad: block.unread.length + block.strange.length }));
  };
  const names = (o: Organisation) => ({ id: o.id, names: allNames(o) });
  const lines = own.lines.map((l) => ({ id: l.key, names: [l.key, ...Object.values(l.name)] }));
  const paste = (place: Place, text: string) =>
    take(
      readBlock(
        text,
        place,
        {
          organisations: who.flatMap((id) => (byId.has(id) ? [names(byId.get(id)!)] : [])),
          known: organisations.filter((o) => o.kind === "un").map(names),
          lines,
          sums: [t("budget.total"), "Total", t("budget.line")],
        },
        language,
      ),
    );
  const next = (place: Place, way: Step): Place | undefined => {
    const row = keys.indexOf(place.line) + (way === "up" ? -1 : way === "down" ? 1 : 0);
    const column = who.indexOf(place.organisation) + (way === "before" ? -1 : way === "after" ? 1 : 0);
    const line = keys[row];
    const organisation = who[column];
    return line && organisation ? { line, organisation, year: place.year } : undefined;
  };
  /** What is chosen together, line by line, as it goes out. */
  const block = (lines: string[], across: string[], of: number) =>
    lines.map((line) =>
      across.map((organisation): Taken => {
        const key = placeKey({ organisation, line, year: of });
        const text = unread[key];
        return text === undefined ? { amount: at.get(key)?.amount.amount ?? "" } : { text };
      }),
    );
  const chosen = range ? within(range, keys, who) : { lines: [], organisations: [] };
  const news = range ? t("budget.chosen", { count: chosen.lines.length * chosen.organisations.length }) : said;
  const latest: CellActs = {
    typed,
    begin: remember,
    undo,
    step: (place, way) => {
      const to = next(place, way);
      if (to) goTo(to);
    },
    stretch: (place, way) => {
      const to = next(range?.to ?? place, way);
      if (to) stretch(range?.from ?? place, to);
    },
    block: (place, text) => {
      choose(null);
      const first = range && { organisation: chosen.organisations[0]!, line: chosen.lines[0]!, year: place.year };
      paste(first ?? place, text);
    },
    copy: (data) => {
      if (!range) return false;
      copyTo(data, block(chosen.lines, chosen.organisations, range.from.year), language);
      return true;
    },
    clear: () => {
      if (!range) return false;
      const all = chosen.lines.flatMap((line) =>
        chosen.organisations.map((organisation) => ({ organisation, line, year: range.from.year })),
      );
      remember();
      change((c) =>
        put(
          c,
          all.map((place) => ({ ...place, amount: null })),
          own,
          currency,
        ),
      );
      setUnread((now) => Object.fromEntries(Object.entries(now).filter(([key]) => !all.some((place) => placeKey(place) === key))));
      return true;
    },
    // Back from another window one is in the same cell, and what was chosen there still is.
    arrive: (place) => range && placeKey(range.from) !== placeKey(place) && choose(null),
    drop: () => choose(null),
  };
  const on = useSteady(latest);
  const read = async (file: File) => {
    const got = await import("./file").then(({ readFile }) => readFile(p.id, file)).catch(() => t("budget.unreached"));
    if (typeof got === "string") setSaid(got);
    else take(got);
  };
  const copy = () => {
    const text = (words: string[]) => words.map((w): Taken => ({ text: w }));
    const rows = [
      text([t("budget.line"), ...who.map(short)]),
      ...block(keys, who, year).map((cells, i) => [...text([lineName(keys[i]!)]), ...cells]),
    ];
    const parts = { "text/plain": asText(rows, language), "text/html": asTable(rows, language) };
    const blobs = Object.fromEntries(Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]));
    void navigator.clipboard.write([new ClipboardItem(blobs)]).then(() => setSaid(t("budget.copied")));
  };

  const faults = [
    ...Object.entries(unread).flatMap(([key, text]) => {
      const [organisation = "", line = "", n = ""] = key.split(" ");
      const place = { organisation, line, year: Number(n) };
      return who.includes(organisation)
        ? [{ place, text: amountFault(t, text, language, currency) ?? t("budget.no-amount", { text }) }]
        : [];
    }),
    ...value.budget.flatMap((c) => (errorOf(c) ? [{ place: c, text: errorOf(c)! }] : [])),
  ];
  const most = ceilingOf(call, rules, value)!; // the rules have one in any case
  const ceiling = minor(most.amount);
  const rest = ceiling - sums.total;
  const un = byName(
    organisations.filter((o) => o.kind === "un" && !who.includes(o.id)),
    language,
  );

  const share = (part: bigint, key: string) => (
    <td key={key} className={styles.amount}>
      {sums.total > 0n && <bdi dir="ltr">{shownShare(part, sums.total)}%</bdi>}
    </td>
  );
  const sheet = (columns: string[]) => (
    <div className={styles.frame}>
      <table className={styles.table} {...mouse}>
        <caption className="unseen">{year > 0 ? t("budget.sheet-of", { year, currency }) : t("budget.sheet-all", { currency })}</caption>
        <thead>
          <tr>
            <th scope="col">{t("budget.line")}</th>
            {columns.map((o) => (
              <th key={o} scope="col" className={styles.amount}>
                <abbr title={byId.has(o) ? inFull(byId.get(o)!, language) : undefined}>
                  <bdi>{short(o)}</bdi>
                </abbr>
              </th>
            ))}
            {columns.length > 1 && (
              <th scope="col" className={styles.amount}>
                {t("budget.total")}
              </th>
            )}
            {year === 0 && (
              <th scope="col" className={styles.amount}>
                {t("budget.share")}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {own.lines.map((l, n) => (
            <tr key={l.key}>
              <th scope="row">
                {n + 1}. {named(l.name, language)}
              </th>
              {columns.map((organisation) => {
                const place = { organisation, line: l.key, year };
                const key = placeKey(place);
                const bad = errorOf(place) !== undefined || unread[key] !== undefined;
                if (year === 0)
                  return (
                    <td key={organisation} className={styles.amount}>
                      <Amount value={major(sums.both(organisation, l.key))} />
                    </td>
                  );
                return (
                  <td key={organisation} className={styles.amount} data-place={key}>
                    <CellInput
                      organisation={organisation}
                      line={l.key}
                      year={year}
                      id={idOf(place)}
                      lineName={lineName(l.key)}
                      called={short(organisation)}
                      amount={at.get(key)?.amount.amount ?? ""}
                      unread={unread[key]}
                      fault={bad ? "budget-faults" : undefined}
                      chosen={chosen.lines.includes(l.key) && chosen.organisations.includes(organisation)}
                      on={on}
                    />
                  </td>
                );
              })}
              {columns.length > 1 && (
                <td className={styles.amount}>
                  <Amount value={major(sums.line(l.key, year || undefined))} />
                </td>
              )}
              {year === 0 && share(columns.length > 1 ? sums.line(l.key) : sums.both(columns[0]!, l.key), `l ${l.key}`)}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t("budget.total")}</th>
            {columns.map((o) => (
              <td key={o} className={styles.amount}>
                <Amount value={major(sums.organisation(o, year || undefined))} />
              </td>
            ))}
            {columns.length > 1 && (
              <td className={styles.amount}>
                <Amount value={major(year ? sums.year(year) : sums.total)} />
              </td>
            )}
            {year === 0 && <td />}
          </tr>
          {year > 0 ? (
            <tr>
              <th scope="row">{t("budget.indirect", { rate: own.indirect_rate.replace(/^0\.0?/, "") })}</th>
              {columns.map((o) => (
                <td key={o} className={styles.amount}>
                  <Amount value={major(sums.allowed(o, year))} />
                </td>
              ))}
              {columns.length > 1 && <td />}
            </tr>
          ) : (
            <tr>
              <th scope="row">{t("budget.share")}</th>
              {columns.map((o) => share(sums.organisation(o), o))}
              {columns.length > 1 && <td />}
              <td />
            </tr>
          )}
        </tfoot>
      </table>
    </div>
  );

  return (
    <section ref={box} id="budget" tabIndex={-1} aria-label={t("budget.title")}>
      <p className={styles.quiet}>{t("budget.lead")}</p>
      <div className={styles.bar}>
        <select
          className={styles.pick}
          aria-label={t("budget.add")}
          value=""
          onChange={(e) =>
            e.target.value &&
            change((c) => ({ ...c, shares: [...c.shares.filter((s) => s.organisation), { organisation: e.target.value, amount: null }] }))
          }
        >
          <option value="">{t("budget.add")}</option>
          {un.map((o) => (
            <option key={o.id} value={o.id}>
              {inBoth(o, language)}
            </option>
          ))}
        </select>
        <a href={`/api/v1/proposals/${p.id}/budget-sheet`} download>
          {t("budget.download")}
        </a>
        <a href={`/api/v1/proposals/${p.id}/budget-sheet?format=csv`} download>
          CSV
        </a>
        <label className={styles.upload}>
          {t("budget.upload")}
          <input
            type="file"
            className="unseen"
            accept=".xlsx,.csv,.tsv"
            onChange={(e) => {
              const file = e.target.files?.[0];
              if (file) void read(file);
              e.target.value = "";
            }}
          />
        </label>
      </div>
      <p role="status">{news}</p>
      {(faults.length > 0 || strange.length > 0) && (
        <div id="budget-faults" className={styles.faults}>
          <h2>{t("budget.faults", { count: faults.length + strange.length })}</h2>
          <ul>
            {faults.map((f) => (
              <li key={placeKey(f.place)}>
                <button type="button" onClick={() => goTo(f.place)}>
                  {t("error.named", { field: nameOf(f.place), sentence: f.text })}
                </button>
              </li>
            ))}
            {strange.map((s) => (
              <li key={s}>{t("budget.strange", { text: s })}</li>
            ))}
          </ul>
        </div>
      )}
      {who.length === 0 ? (
        <p>{t("budget.nobody")}</p>
      ) : (
        <>
          <fieldset className={`${styles.bar} ${styles.years}`}>
            <legend className="unseen">{t("budget.years")}</legend>
            {Array.from({ length: years }, (_, i) => i + 1).map((n) => (
              <Button key={n} aria-pressed={year === n} onClick={() => setYear(n)}>
                {t("budget.year", { year: n })}
              </Button>
            ))}
            <Button aria-pressed={year === 0} onClick={() => setYear(0)}>
              {t("budget.all")}
            </Button>
            {year > 0 && (
              <Button tone="quiet" onClick={copy}>
                {t("budget.copy")}
              </Button>
            )}
          </fieldset>
          {small
            ? who.map((o) => (
                <section key={o} className={styles.card} aria-label={byId.has(o) ? inFull(byId.get(o)!, language) : short(o)}>
                  {sheet([o])}
                </section>
              ))
            : sheet(who)}
          {year === 0 && <p className={styles.quiet}>{t("budget.share-rounded")}</p>}
          <div className={`${styles.bar} ${styles.last}`}>
            {who
              .filter((o) => sums.organisation(o) === 0n)
              .map((o) => (
                <Button
                  key={o}
                  tone="quiet"
                  onClick={() => change((c) => shared({ ...c, shares: c.shares.filter((s) => s.organisation !== o) }))}
                >
                  {t("money.remove", { organisation: short(o) })}
                </Button>
              ))}
          </div>
        </>
      )}
      {errors.budget && <p className={styles.faults}>{errors.budget}</p>}
      <p className={`${styles.left} ${rest < 0n ? styles.over : ""}`}>
        <span>
          {t("budget.total")} <Amount value={major(sums.total)} currency={currency} strong />
        </span>
        <span>
          {rest < 0n ? t("money.over") : t("money.left")} <Amount value={major(ceiling)} currency={currency} />{" "}
          <Amount value={major(rest < 0n ? -rest : rest)} strong />
        </span>
        <span>{t(`budget.most.${most.of}`)}</span>
      </p>
    </section>
  );
}
