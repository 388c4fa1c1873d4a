import { lazy, memo, Suspense, useState } from "react";
import { Link } from "wouter";
import { Day } from "../time/DateTime";
import { Button } from "../ui/Button/Button";
import { ErrorSummary } from "../ui/ErrorSummary/ErrorSummary";
import { Tag } from "../ui/Tag/Tag";
import { useToast } from "../ui/Toast/Toast";
import { useWords } from "../words/i18n";
import office from "./Office.module.css";
import { useAct } from "./office";
import { Sum, Written } from "./parts";
import styles from "./Reconcile.module.css";
import type { Letters, Line } from "./reconcile";
import { Choose, Side } from "./Side";

// Asked for seldom, so brought then.
const LineActs = lazy(() => import("./LineActs"));
const BookLine = lazy(() => import("./BookLine"));

export type Doing = { what: "undo" | "note" | "suspend" | "book"; line: Line };

/** The bank's side: each line with where it stands, why, and what can be done with it. */
export function LineSide({
  lines,
  letters,
  chosen,
  onChoose,
  currency,
  more,
  busy,
}: {
  lines: Line[];
  letters: Letters;
  chosen: ReadonlyMap<string, Line>;
  onChoose: (line: Line) => void;
  currency: string;
  more: (() => void) | undefined;
  busy: boolean;
}) {
  const { t } = useWords();
  const [doing, setDoing] = useState<Doing>();
  return (
    <Side
      of="bank"
      currency={currency}
      empty={lines.length === 0 && t("reconcile.lines-empty")}
      more={more}
      busy={busy}
      below={
        doing && (
          <Suspense>
            {doing.what === "book" ? (
              <BookLine line={doing.line} onClose={() => setDoing(undefined)} />
            ) : (
              <LineActs doing={doing} onClose={() => setDoing(undefined)} />
            )}
          </Suspense>
        )
      }
    >
      {lines.map((line) => (
        <LineRow
          key={line.id}
          line={line}
          mark={letters.line.get(line.id)}
          chosen={chosen.has(line.id)}
          onChoose={onChoose}
          onDo={setDoing}
        />
      ))}
    </Side>
  );
}

// Two thousand of them stand on a page: each is drawn again only when it itself changes.
const LineRow = memo(function LineRow({
  line,
  mark,
  chosen,
  onChoose,
  onDo,
}: {
  line: Line;
  mark: string | undefined;
  chosen: boolean;
  onChoose: (line: Line) => void;
  onDo: (doing: Doing) => void;
}) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const open = line.may.includes("match.make");
  const name = line.counterparty || line.text.split("\n")[0] || line.bank_ref;
  const candidate = line.state === "suggested" ? line.candidates[0] : undefined;
  return (
    <>
      <tr className={`${chosen ? styles.rowChosen : ""} ${open ? "" : styles.shut}`}>
        <Choose chosen={chosen} barred={!open} onChoose={() => onChoose(line)} name={name} amount={line.amount.amount} />
        <td className={styles.date}>
          <Day value={line.value_on} short />
        </td>
        <th scope="row" className={styles.text}>
          <Written>{name}</Written>
          {(line.end_to_end || line.bank_ref) && <Reference text={line.end_to_end || line.bank_ref} />}
        </th>
        <td className={styles.amount}>
          <Sum of={line.amount} />
        </td>
        <td className={styles.state}>
          <button type="button" className={styles.opener} aria-expanded={shown} onClick={() => setShown(!shown)}>
            <LineTag state={line.state} mark={mark} />
            <span className="unseen">{t("reconcile.details", { name })}</span>
            <span aria-hidden="true" className={styles.arrow}>
              {shown ? "▴" : "▾"}
            </span>
          </button>
        </td>
      </tr>
      {candidate && !shown && (
        <tr className={styles.because}>
          <td />
          <td colSpan={4}>
            <Accept line={line} n={0} />
          </td>
        </tr>
      )}
      {shown && (
        <tr className={styles.because}>
          <td />
          <td colSpan={4}>
            <Details line={line} onDo={onDo} />
          </td>
        </tr>
      )}
    </>
  );
});

/** Its side is the page's, whatever the direction of what it says. */
function Reference({ text }: { text: string }) {
  return (
    <span className={styles.reference}>
      {" "}
      <bdi>{text}</bdi>
    </span>
  );
}

/** Where a line stands: a letter, a word and a tone. */
function LineTag({ state, mark }: { state: Line["state"]; mark: string | undefined }) {
  const { t } = useWords();
  const word = t(`office.line-state.${state}`);
  if (mark && (state === "matched" || state === "suggested"))
    return (
      <Tag letter={mark} tone={state === "matched" ? "good" : "link"} suggested={state === "suggested"}>
        {word}
      </Tag>
    );
  return <Tag tone={state === "unmatched" ? "warn" : state === "matched" ? "good" : "plain"}>{word}</Tag>;
}

/** One suggestion, why it is made, and the button that accepts it. */
function Accept({ line, n }: { line: Line; n: number }) {
  const { t } = useWords();
  const toast = useToast();
  const { run, busy, problem } = useAct();
  const c = line.candidates[n]!;
  return (
    <>
      <ErrorSummary problem={problem} />
      <div className={styles.suggestion}>
        <p>
          {c.reason}
          {c.movements.map((m) => (
            <span key={m.posting} className={styles.movement} lang="en" dir="auto">
              {m.memo} · <Sum of={m.amount} />
            </span>
          ))}
        </p>
        {line.may.includes("match.make") && (
          <Button
            busy={busy}
            className={styles.accept}
            onClick={async () => {
              if (await run("/matches", { lines: [line.id], postings: c.movements.map((m) => m.posting), reason: c.reason }))
                toast(t("reconcile.accepted", { count: 1 }));
            }}
          >
            {t("reconcile.accept")}
          </Button>
        )}
      </div>
    </>
  );
}

function Details({ line, onDo }: { line: Line; onDo: (doing: Doing) => void }) {
  const { t } = useWords();
  return (
    <div className={styles.details}>
      {line.text && (
        <p className={styles.told} dir="auto" lang="">
          {line.text}
        </p>
      )}
      <p className={office.small}>
        {t("reconcile.line-from", { statement: line.statement, n: line.n })} <Day value={line.booked_on} />
      </p>
      {line.note && (
        <p>
          <b>{t(`office.line-state.${line.state}`)}:</b> <Written>{line.note.reason}</Written> (<bdi>{line.note.by}</bdi>)
        </p>
      )}
      {line.match && (
        <p>
          <b>{t("reconcile.why")}</b> <Written>{line.match.reason}</Written>{" "}
          {line.movements.map((m) => (
            <Link key={m.posting} href={`/vouchers/${m.voucher}`} className={styles.movement}>
              {t("office.voucher-n", { number: String(m.number) })}
            </Link>
          ))}
        </p>
      )}
      {line.candidates.map((c, n) => (
        <Accept key={c.movements.map((m) => m.posting).join()} line={line} n={n} />
      ))}
      <div className={office.acts}>
        {line.may.includes("match.undo") && line.match && (
          <Button tone="danger" onClick={() => onDo({ what: "undo", line })}>
            {t("reconcile.undo")}
          </Button>
        )}
        {line.may.includes("bank-line.note") && <Button onClick={() => onDo({ what: "note", line })}>{t("reconcile.note")}</Button>}
        {line.may.includes("bank-line.book") && <Button onClick={() => onDo({ what: "book", line })}>{t("booking.act")}</Button>}
        {line.may.includes("bank-line.suspend") && (
          <Button onClick={() => onDo({ what: "suspend", line })}>{t("reconcile.suspend")}</Button>
        )}
      </div>
    </div>
  );
}
