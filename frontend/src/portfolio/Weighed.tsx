import { Link } from "wouter";
import { named, type Rules } from "../decision/data";
import styles from "../decision/decision.module.css";
import { Amount } from "../money/Amount";
import { formatAmount, isZero, minor } from "../money/money";
import { Button } from "../ui/Button/Button";
import { DataTable } from "../ui/DataTable/DataTable";
import { useWords } from "../words/i18n";
import { type Chosen, earlier, type Portfolio, type Proportion } from "./portfolio";
import own from "./portfolio.module.css";

/** A share of a hundred as a bar; the number stands beside it. */
const Bar = ({ share, label }: { share: number; label: string }) => (
  <meter className={own.bar} min={0} max={100} value={share} aria-label={label} />
);

/** What the chosen would do: which fit the money, what is left of each earmark, and the shares before and after. */
export default function Weighed({ of, set, rules, ask }: { of: Portfolio; set: string[]; rules: Rules; ask: (set: string[]) => void }) {
  const { t, language } = useWords();
  const currency = rules.currency;
  const money = (m: { amount: string }) => formatAmount(m.amount, language);
  const area = (key: string) => named(rules.proposals.areas.find((a) => a.key === key)?.name, language, key);
  const earmark = (key: string) => (key === "unearmarked" ? t("portfolio.unearmarked") : area(key));
  const outside = of.chosen.filter((c) => !c.fits);
  const list = new Intl.ListFormat(language);
  const parts = (draws: Chosen["draws"]) =>
    list.format(draws.map((d) => t("portfolio.part", { earmark: earmark(d.earmark), amount: money(d.amount) }))) || "–";
  const fits = (c: Chosen) => {
    if (!c.fits) return t("portfolio.short", { short: money(c.short) });
    if (c.awaits.length > 0) return t("portfolio.waits", { from: parts(c.draws), waits: parts(c.awaits) });
    return t("portfolio.yes", { from: parts(c.draws) });
  };
  const signed = of.pots.some((l) => !isZero(l.signed.amount));
  /** Of a hundred, for the picture alone. */
  const part = (l: Portfolio["pots"][number]) => {
    const available = minor(l.available.amount);
    return available > 0n ? Number((minor(l.drawn.amount) * 100n) / available) : 0;
  };
  const file = `/api/v1/portfolio/export?chosen=${set.join(",")}&format=`;
  return (
    <section className={styles.stack}>
      <div className={`${styles.note} ${outside.length === 0 ? styles.calm : ""}`} role="status">
        <p>
          {t("portfolio.asked", {
            count: of.chosen.length,
            asked: `${currency} ${money(of.asked)}`,
            fitting: `${currency} ${money(of.fitting)}`,
          })}
        </p>
        <p>
          {outside.length === 0
            ? t("portfolio.all-fit")
            : t("portfolio.no-fit", { names: list.format(outside.map((c) => `${c.ref} ${c.title}`)) })}
        </p>
        {of.left_out > 0 && <p>{t("portfolio.left-out", { count: of.left_out })}</p>}
      </div>
      <DataTable
        caption={t("portfolio.chosen")}
        rows={of.chosen}
        id={(c) => c.proposal}
        tone={(c) => (c.fits ? undefined : "warn")}
        columns={[
          { key: "n", head: t("portfolio.n"), kind: "number", cell: (c) => of.chosen.indexOf(c) + 1 },
          {
            key: "name",
            head: t("portfolio.name"),
            heads: true,
            cell: (c) => (
              <Link href={`/dossiers/${c.proposal}`} dir="auto" lang={c.language}>
                {`${c.ref} · ${c.title}`}
              </Link>
            ),
          },
          { key: "amount", head: t("portfolio.amount", { currency }), kind: "amount", cell: (c) => <Amount value={c.amount.amount} /> },
          {
            key: "fits",
            head: t("portfolio.fits"),
            cell: fits,
          },
          {
            key: "move",
            head: t("portfolio.move"),
            cell: (c) => (
              <span className={styles.acts}>
                {of.chosen.indexOf(c) > 0 && (
                  <Button
                    aria-label={t("portfolio.earlier-of", { ref: c.ref })}
                    onClick={() =>
                      ask(
                        earlier(
                          of.chosen.map((x) => x.proposal),
                          c.proposal,
                        ),
                      )
                    }
                  >
                    {t("portfolio.earlier")}
                  </Button>
                )}
                <Button aria-label={t("portfolio.drop-of", { ref: c.ref })} onClick={() => ask(set.filter((id) => id !== c.proposal))}>
                  {t("portfolio.drop")}
                </Button>
              </span>
            ),
          },
        ]}
      />
      <p className={styles.quiet}>{t("portfolio.order")}</p>
      <p>
        {t("portfolio.download")}{" "}
        {["csv", "xlsx", "json"].map((format) => (
          <a key={format} className={own.file} download href={file + format}>
            {format.toUpperCase()}
          </a>
        ))}
      </p>
      <DataTable
        caption={t("portfolio.money", { currency })}
        rows={of.pots}
        id={(l) => l.earmark}
        columns={[
          { key: "earmark", head: t("portfolio.earmark"), heads: true, cell: (l) => earmark(l.earmark) },
          { key: "available", head: t("portfolio.available"), kind: "amount", cell: (l) => <Amount value={l.available.amount} /> },
          {
            key: "drawn",
            head: t("portfolio.drawn"),
            kind: "amount",
            cell: (l) => (
              <span className={own.tally}>
                <Amount value={l.drawn.amount} />
                <Bar share={part(l)} label={t("portfolio.drawn-of", { share: part(l) })} />
              </span>
            ),
          },
          { key: "left", head: t("portfolio.left"), kind: "amount", cell: (l) => <Amount value={l.left.amount} strong /> },
          ...(signed ? (["signed", "awaited"] as const) : []).map((key) => ({
            key,
            head: t(`portfolio.${key}`),
            kind: "amount" as const,
            cell: (l: Portfolio["pots"][number]) => <Amount value={l[key].amount} />,
          })),
        ]}
      />
      {(["region", "income", "area"] as const).map((by) => (
        <Shares key={by} by={by} lines={of.proportions.filter((x) => x.by === by)} area={area} />
      ))}
    </section>
  );
}

/** The shares of one dimension, before and after. */
function Shares({ by, lines, area }: { by: Proportion["by"]; lines: Proportion[]; area: (key: string) => string }) {
  const { t, language } = useWords();
  const name = (key: string) => {
    if (key === "") return t("portfolio.in-none");
    if (key === "several") return t("portfolio.several");
    return by === "area" ? area(key) : t(`portfolio.group.${key}`);
  };
  const tally = (x: Proportion["before"], when: string) => (
    <span className={own.tally}>
      <span>
        {t("portfolio.tally", { share: formatAmount(x.share, language), amount: formatAmount(x.amount.amount, language), count: x.n })}
      </span>
      <Bar share={Number(x.share)} label={when} />
    </span>
  );
  return (
    <>
      <DataTable
        caption={t({ region: "portfolio.region", income: "portfolio.income", area: "portfolio.by-area" }[by])}
        rows={lines}
        id={(x) => x.key}
        tone={(x) => (x.before.n !== x.after.n ? "chosen" : undefined)}
        columns={[
          { key: "line", head: t("portfolio.line"), heads: true, cell: (x) => name(x.key) },
          { key: "before", head: t("portfolio.before"), cell: (x) => tally(x.before, t("portfolio.before")) },
          { key: "after", head: t("portfolio.after"), cell: (x) => tally(x.after, t("portfolio.after")) },
        ]}
      />
      {by === "income" && <p className={styles.quiet}>{t("portfolio.overlap")}</p>}
    </>
  );
}
