/** The wall clock of a place at an instant, as minutes since 1970 would be if the place were UTC. */
function wall(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  }).formatToParts(at);
  const n = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return Date.UTC(n("year"), n("month") - 1, n("day"), n("hour"), n("minute"));
}

/**
 * The instant at which the clocks of a place show "2026-11-26T18:00"; "" where that is no time. An hour that the
 * spring skips becomes the next one; of one that comes twice, the first is meant.
 */
export function instantIn(local: string, zone: string): string {
  const m = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)/.exec(local);
  if (!m) return "";
  const [year, month, day, hour, minute] = m.slice(1).map(Number) as [number, number, number, number, number];
  const wanted = Date.UTC(year, month - 1, day, hour, minute);
  const hours = 3_600_000;
  // The offset of half a day before and after are all there can be at that hour.
  const tries = [wanted - 12 * hours, wanted + 12 * hours].map((at) => wanted - (wall(at, zone) - at));
  const found = tries.filter((at) => wall(at, zone) === wanted);
  const at = found.length > 0 ? Math.min(...found) : Math.max(...tries);
  return new Date(at).toISOString().replace(".000Z", "Z");
}

/** What the clocks of a place show at an instant, as a datetime-local field has it; "" for none. */
export const localIn = (instant: string, zone: string): string =>
  instant && !Number.isNaN(Date.parse(instant)) ? new Date(wall(Date.parse(instant), zone)).toISOString().slice(0, 16) : "";
