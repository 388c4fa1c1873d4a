import { useEffect, useState } from "react";
import { type Say, useWords } from "../words/i18n";
import styles from "./Deadline.module.css";
import { dayIn, formatDay, formatEnd, formatInstant, formatShortDay, left, placeOf, readersZone } from "./dates";

/** A day, "2026-10-01": the same for every reader. */
export function Day({ value, short }: { value: string; short?: boolean }) {
  const { language } = useWords();
  return <time dateTime={value}>{short ? formatShortDay(value, language) : formatDay(value, language)}</time>;
}

/** A day and an hour with the place whose they are; UTC is no place. */
const inPlace = (t: Say, at: { day: string; time: string }, zone: string, language: string) =>
  zone === "UTC" ? t("time.utc", at) : t("time.at", { ...at, place: placeOf(zone, language) });

/** An instant in one place's time, with the place named. */
export function DateTime({ value, zone = readersZone() }: { value: string; zone?: string }) {
  const { t, language } = useWords();
  return <time dateTime={value}>{inPlace(t, formatInstant(new Date(value), zone, language), zone, language)}</time>;
}

/** An instant in a table: its day in the place's time, short, the hour where that matters; all of it on asking. */
export function Moment({ value, zone = readersZone(), hour }: { value: string; zone?: string; hour?: boolean }) {
  const { t, language } = useWords();
  const at = formatInstant(new Date(value), zone, language);
  return (
    <time dateTime={value} title={inPlace(t, at, zone, language)} className={styles.moment}>
      {formatShortDay(dayIn(new Date(value), zone), language)}
      {hour && <> {at.time}</>}
    </time>
  );
}

/** The minute, so that what is left stays true on a page that stays open. */
function useMinute(given?: Date) {
  const [now, setNow] = useState(() => given ?? new Date());
  useEffect(() => {
    if (given) return;
    const every = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(every);
  }, [given]);
  return now;
}

/** What is left until an instant, in days and hours, or hours and minutes on the last day. */
export function Left({ until, now }: { until: string; now?: Date }) {
  const { t } = useWords();
  const rest = left(new Date(until), useMinute(now));
  if (!rest) return <>{t("time.passed")}</>;
  const days = t("time.days", { count: rest.days });
  const hours = t("time.hours", { count: rest.hours });
  if (rest.days > 0)
    return <>{rest.hours > 0 ? t("time.left-two", { first: days, second: hours }) : t("time.left-one", { first: days })}</>;
  const minutes = t("time.minutes", { count: rest.minutes });
  return <>{rest.hours > 0 ? t("time.left-two", { first: hours, second: minutes }) : t("time.left-one", { first: minutes })}</>;
}

/**
 * An end that matters, in the fund's time and in the reader's, both places named, and what is left.
 * label says what ends: "Closes", "Silence until".
 */
export function Deadline({
  value,
  zone,
  mine = readersZone(),
  now,
  label,
}: {
  value: string;
  zone: string;
  mine?: string;
  now?: Date;
  label: string;
}) {
  const { t, language } = useWords();
  const at = new Date(value);
  const theirs = formatEnd(at, zone, language);
  const ours = formatEnd(at, mine, language);
  const passed = left(at, useMinute(now)) === null;
  const place = placeOf(mine, language);
  const same = ours.day === theirs.day && ours.time === theirs.time;
  return (
    <div className={`${styles.deadline} ${passed ? styles.passed : ""}`}>
      <p className={styles.first}>
        <span className={styles.label}>{label}</span> <time dateTime={value}>{inPlace(t, theirs, zone, language)}</time>
      </p>
      <p>
        {!same && (
          <>{ours.day === theirs.day ? t("time.yours", { time: ours.time, place }) : t("time.yours-other-day", { ...ours, place })} </>
        )}
        <Left until={value} now={now} />
      </p>
    </div>
  );
}
