// Dates as the United Nations writes them in its six languages; the table is that of api/dates.go.

const months: Record<string, string[]> = {
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
  fr: ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
  es: ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
  ar: [
    "كانون الثاني/يناير",
    "شباط/فبراير",
    "آذار/مارس",
    "نيسان/أبريل",
    "أيار/مايو",
    "حزيران/يونيه",
    "تموز/يوليه",
    "آب/أغسطس",
    "أيلول/سبتمبر",
    "تشرين الأول/أكتوبر",
    "تشرين الثاني/نوفمبر",
    "كانون الأول/ديسمبر",
  ],
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
};

/** The parts of an instant in a time zone. */
export function partsIn(zone: string, at: Date) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const n = (type: string) => Number(parts.find((p) => p.type === type)?.value);
  return { year: n("year"), month: n("month"), day: n("day"), hour: n("hour"), minute: n("minute") };
}

function longDate(year: number, month: number, day: number, language: string): string {
  const name = months[language]?.[month - 1] ?? "";
  switch (language) {
    case "zh":
      return `${year}年${month}月${day}日`;
    case "es":
      return `${day} de ${name} de ${year}`;
    case "fr":
      return `${day === 1 ? "1er" : day} ${name} ${year}`;
    case "ru":
      return `${day} ${name} ${year} года`;
    default:
      return `${day} ${name} ${year}`;
  }
}

/** A day without a time, "2026-10-01", in full: "1 October 2026". It is the same day for every reader. */
export function formatDay(day: string, language: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return longDate(year!, month!, date!, language);
}

/** The day of an instant in a zone, in full, and the hour, "18:00". */
export function formatInstant(at: Date, zone: string, language: string): { day: string; time: string } {
  const p = partsIn(zone, at);
  return {
    day: longDate(p.year, p.month, p.day, language),
    time: `${String(p.hour).padStart(2, "0")}:${String(p.minute).padStart(2, "0")}`,
  };
}

/** The same for an end: midnight is 24:00 of the day that ends, for who reads "4 December, 00:00" comes a day late. */
export function formatEnd(at: Date, zone: string, language: string): { day: string; time: string } {
  const end = formatInstant(at, zone, language);
  return end.time === "00:00" ? { day: formatInstant(new Date(at.getTime() - 1), zone, language).day, time: "24:00" } : end;
}

/** A short day for dense tables, "01 Oct 2026"; where a language has no short month in UN use, the numbers. */
export function formatShortDay(day: string, language: string): string {
  const [year, month, date] = day.split("-") as [string, string, string];
  if (language === "en") return `${date} ${months.en![Number(month) - 1]!.slice(0, 3)} ${year}`;
  if (language === "zh") return `${year}-${month}-${date}`;
  return language === "ru" ? `${date}.${month}.${year}` : `${date}/${month}/${year}`;
}

/** The day that an instant falls on in a zone, "2026-10-01". */
export function dayIn(at: Date, zone: string): string {
  const p = partsIn(zone, at);
  return `${p.year}-${String(p.month).padStart(2, "0")}-${String(p.day).padStart(2, "0")}`;
}

/** The reader's zone, as the browser has it. */
export const readersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

/** A zone's city in the reader's language where we have a word for it; else its own name, "Addis Ababa". */
const places: Record<string, Record<string, string>> = {
  "Europe/Zurich": { en: "Geneva", fr: "Genève", es: "Ginebra", ar: "جنيف", ru: "Женева", zh: "日内瓦" },
  "America/New_York": { en: "New York", fr: "New York", es: "Nueva York", ar: "نيويورك", ru: "Нью-Йорк", zh: "纽约" },
  "Africa/Nairobi": { en: "Nairobi", fr: "Nairobi", es: "Nairobi", ar: "نيروبي", ru: "Найроби", zh: "内罗毕" },
};
export function placeOf(zone: string, language: string): string {
  return places[zone]?.[language] ?? (zone.split("/").pop() ?? zone).replaceAll("_", " ");
}

/** What is left until an instant, in whole days, hours and minutes; none when it has passed. */
export function left(until: Date, now: Date): { days: number; hours: number; minutes: number } | null {
  const minutes = Math.floor((until.getTime() - now.getTime()) / 60_000);
  if (until.getTime() <= now.getTime()) return null;
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}
