import { useSyncExternalStore } from "react";
import { fill, type Messages } from "./sentence";

/** The languages of the United Nations, each with its own name. */
export const languages = { en: "English", fr: "Français", es: "Español", ar: "العربية", ru: "Русский", zh: "中文" } as const;
export type Language = keyof typeof languages;

export const isLanguage = (text: string): text is Language => text in languages;

/** The direction in which a language is written. */
export const directionOf = (language: string) => (language === "ar" ? "rtl" : "ltr");

let active: Language = "en";
let wanted: Language = active; // chosen last, while its words are still coming
export const activeLanguage = () => active;

const known: Record<string, Messages> = {};
const listeners = new Set<() => void>();

const loaded = new Set<string>();
const areas = new Set<string>(["common"]);

/** Which catalogues there are, a language a file: nobody is sent those of the other five. */
const files = import.meta.glob<typeof import("./en/files")>("./*/files.ts");

async function load(language: Language, area: string) {
  const name = `./${language}/${area}.po`;
  if (loaded.has(name)) return;
  const file = (await files[`./${language}/files.ts`]!()).files[`./${area}.po`];
  if (!file) throw new Error(`no words: ${name}`);
  const { messages } = await file();
  known[language] = { ...known[language], ...messages }; // read after the wait: areas come side by side
  loaded.add(name);
}

/** Brings the words of an area in the page's language, in the one that is on its way, and in every one chosen later. */
export async function bringArea(area: string) {
  areas.add(area);
  await Promise.all([active, wanted].map((language) => load(language, area)));
}

/** Makes language the page's: its words, lang and dir. */
export async function activate(language: Language) {
  wanted = language;
  await Promise.all([...areas].map((area) => load(language, area)));
  if (wanted !== language) return;
  active = language;
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
  for (const tell of listeners) tell();
}

/** A sentence by its id, filled in. */
export type Say = (id: string, values?: Record<string, unknown>) => string;

export const say: Say = (id, values) => {
  const sentence = known[active]?.[id];
  return sentence ? fill(active, sentence, values) : id;
};

function changes(tell: () => void) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** The words in the page's language; a component that uses them is drawn again when it changes. */
export function useWords(): { t: Say; language: Language } {
  return { t: say, language: useSyncExternalStore(changes, activeLanguage) };
}
